import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { type Ownership, ownershipKeys } from "../core/tags.ts";
import { scopeOf } from "./amounts.ts";
import type { BudgetContract } from "./contract.ts";
import { type AwsBudgetInput, type AwsBudgetSpec, awsBudgetSpec } from "./schema.ts";

export interface AwsBudgetArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsBudgetInput;
}

/**
 * The monthly AWS budget of an environment, or of a cell when the ownership names one, with alerts and anomaly detection. Costs
 * are distinguished by tags, which must be active as cost allocation tags.
 *
 * @example
 * const budget = new AwsBudget("budget", {
 *   spec: {
 *     cloud: "aws", account: "111122223333", monthly: { amount: 5000 }, alerts: { emails: ["finops@acme.example"] },
 *   },
 *   ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsBudget extends BlueprintComponent implements BudgetContract {
  readonly cloud = "aws";
  readonly budgetName: pulumi.Output<string>;

  constructor(name: string, args: AwsBudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsBudgetSpec, args.spec, name);
    super("budget", "AwsBudget", name, args, { spec }, opts);
    const { ownership } = args;
    const tags = this.#costAllocationTags(spec);
    this.budgetName = this.#budget(ownership, spec, tags);
    this.#anomalies(ownership, spec, tags);
    this.registerOutputs({ budgetName: this.budgetName });
  }

  #costAllocationTags(spec: AwsBudgetSpec): pulumi.Resource[] {
    if (!spec.costAllocationTags) return [];
    // Only these tags: a tag can be activated a day after the first resource has it; before that, this would fail.
    return ownershipKeys.map(
      (tagKey) =>
        new aws.costexplorer.CostAllocationTag(
          this.named(`tag-${tagKey}`),
          { tagKey, status: "Active" },
          this.child(),
        ),
    );
  }

  #budget(
    ownership: Ownership,
    { account, monthly, alerts }: AwsBudgetSpec,
    after: pulumi.Resource[],
  ): pulumi.Output<string> {
    const notification = (threshold: number, notificationType: "ACTUAL" | "FORECASTED") => ({
      comparisonOperator: "GREATER_THAN",
      threshold,
      thresholdType: "PERCENTAGE",
      notificationType,
      subscriberEmailAddresses: alerts.emails,
    });
    const budget = new aws.budgets.Budget(
      this.named(),
      {
        accountId: account,
        name: nameIn(ownership, "aws-budget", "monthly"),
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: String(monthly.amount),
        limitUnit: monthly.currency,
        ...costsOf(ownership),
        notifications: [
          ...alerts.actual.map((threshold) => notification(threshold, "ACTUAL")),
          ...alerts.forecast.map((threshold) => notification(threshold, "FORECASTED")),
        ],
      },
      this.child({ dependsOn: after }),
    );
    return budget.name;
  }

  #anomalies(
    ownership: Ownership,
    { anomalies, alerts }: AwsBudgetSpec,
    after: pulumi.Resource[],
  ): void {
    const { key, value } = scopeOf(ownership);
    const name = nameIn(ownership, "cost-anomaly", "anomalies");
    const monitor = new aws.costexplorer.AnomalyMonitor(
      this.named("anomalies"),
      {
        name,
        monitorType: "CUSTOM",
        // As AWS returns it: unset fields are null.
        monitorSpecification: JSON.stringify({
          And: null,
          CostCategories: null,
          Dimensions: null,
          Not: null,
          Or: null,
          Tags: { Key: key, MatchOptions: null, Values: [value] },
        }),
      },
      this.child({ dependsOn: after }),
    );
    new aws.costexplorer.AnomalySubscription(
      this.named("anomalies-subscription"),
      {
        name,
        monitorArnLists: [monitor.arn],
        frequency: "DAILY",
        subscribers: alerts.emails.map((address) => ({ type: "EMAIL", address })),
        thresholdExpression: {
          dimension: {
            key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
            matchOptions: ["GREATER_THAN_OR_EQUAL"],
            values: [String(anomalies.minimum)],
          },
        },
      },
      this.child(),
    );
  }
}

/** An environment's costs by one tag, a cell's by two: environments of an account may have cells of the same name. */
function costsOf({ environment, cell }: Ownership): Partial<aws.budgets.BudgetArgs> {
  if (cell === undefined) {
    return { costFilters: [{ name: "TagKeyValue", values: [`user:environment$${environment}`] }] };
  }
  return {
    metrics: "UnblendedCost",
    filterExpression: {
      ands: [
        { tags: { key: "environment", values: [environment] } },
        { tags: { key: "cell", values: [cell] } },
      ],
    },
  };
}
