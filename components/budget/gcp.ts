import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { googleMoney, scopeOf } from "./amounts.ts";
import type { BudgetContract } from "./contract.ts";
import { type GcpBudgetInput, type GcpBudgetSpec, gcpBudgetSpec } from "./schema.ts";

export interface GcpBudgetArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpBudgetInput;
}

/**
 * The monthly Google Cloud budget of an environment, or of a cell when the ownership names one, with alerts. Costs are
 * distinguished by labels within one project.
 *
 * @example
 * const budget = new GcpBudget("budget", {
 *   spec: {
 *     cloud: "gcp", project: "acme-prod", projectNumber: "123456789012", billingAccount: "012345-6789AB-CDEF01",
 *     monthly: { amount: 5000, currency: "EUR" }, alerts: { emails: ["finops@acme.example"] },
 *   },
 *   ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpBudget extends BlueprintComponent implements BudgetContract {
  readonly cloud = "gcp";
  readonly budgetName: pulumi.Output<string>;

  constructor(name: string, args: GcpBudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpBudgetSpec, args.spec, name);
    super("budget", "GcpBudget", name, args, { spec }, opts);
    this.budgetName = this.#budget(args, spec, this.#channels(spec));
    this.registerOutputs({ budgetName: this.budgetName });
  }

  #channels({ project, alerts }: GcpBudgetSpec): pulumi.Output<string>[] {
    return alerts.emails.map(
      (address) =>
        new gcp.monitoring.NotificationChannel(
          this.named(address.toLowerCase().replace(/[^a-z0-9]+/g, "-")),
          { project, type: "email", displayName: address, labels: { email_address: address } },
          this.child(),
        ).name,
    );
  }

  #budget(
    { ownership }: GcpBudgetArgs,
    spec: GcpBudgetSpec,
    channels: pulumi.Output<string>[],
  ): pulumi.Output<string> {
    const { monthly, alerts, billingAccount, projectNumber } = spec;
    const { key, value } = scopeOf(ownership);
    const rule = (percent: number, spendBasis: "CURRENT_SPEND" | "FORECASTED_SPEND") => ({
      thresholdPercent: percent / 100,
      spendBasis,
    });
    const budget = new gcp.billing.Budget(
      this.named(),
      {
        billingAccount,
        displayName: nameIn(ownership, "gcp-budget", "monthly"),
        amount: {
          specifiedAmount: { currencyCode: monthly.currency, ...googleMoney(monthly.amount) },
        },
        budgetFilter: {
          projects: [`projects/${projectNumber}`],
          // The API accepts one label with one value.
          labels: { [key]: value },
          calendarPeriod: "MONTH",
          creditTypesTreatment: "EXCLUDE_ALL_CREDITS",
        },
        thresholdRules: [
          ...alerts.actual.map((percent) => rule(percent, "CURRENT_SPEND")),
          ...alerts.forecast.map((percent) => rule(percent, "FORECASTED_SPEND")),
        ],
        allUpdatesRule: {
          monitoringNotificationChannels: channels,
          // Notify only the named recipients, not the default IAM recipients of the billing account.
          disableDefaultIamRecipients: true,
        },
      },
      this.child(),
    );
    return budget.name;
  }
}
