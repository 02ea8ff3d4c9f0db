// What is registered with the engine. Does not prove that clouds send notifications.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { googleMoney } from "../../../components/budget/amounts.ts";
import { createBudget } from "../../../components/budget/budget.ts";
import { budgetSpec } from "../../../components/budget/schema.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import { aws, environment, gcp } from "./fixture.ts";

describe("AWS", async () => {
  const ofCell = await inventory(() =>
    createBudget("budget", { cloud: "aws", ownership, spec: aws }),
  );
  const ofEnvironment = await inventory(() =>
    createBudget("budget", {
      cloud: "aws",
      ownership: environment,
      spec: { ...aws, costAllocationTags: true },
    }),
  );

  test("there is a budget, and an anomaly subscription", () => {
    assert.deepEqual(counts(ofCell), {
      "atoll:budget:AwsBudget": 1,
      "aws:budgets/budget:Budget": 1,
      "aws:costexplorer/anomalyMonitor:AnomalyMonitor": 1,
      "aws:costexplorer/anomalySubscription:AnomalySubscription": 1,
    });
  });

  test("the budget is monthly, with alerts on actual and forecasted costs", () => {
    const { inputs } = only(ofCell, "aws:budgets/budget:Budget");
    assert.deepEqual(
      [inputs.name, inputs.limitAmount, inputs.limitUnit, inputs.timeUnit, inputs.budgetType],
      ["prod-aws-use1-monthly", "5000.5", "USD", "MONTHLY", "COST"],
    );
    const alerts = inputs.notifications as Record<string, unknown>[];
    assert.deepEqual(
      alerts.map(({ threshold, notificationType }) => [threshold, notificationType]),
      [
        [50, "ACTUAL"],
        [80, "ACTUAL"],
        [100, "ACTUAL"],
        [100, "FORECASTED"],
      ],
    );
    assert.deepEqual(alerts[0]?.subscriberEmailAddresses, ["finops@acme.example"]);
  });

  test("a cell's costs are filtered by both of its tags, an environment's by its tag", () => {
    const cell = only(ofCell, "aws:budgets/budget:Budget").inputs;
    assert.deepEqual(cell.filterExpression, {
      ands: [
        { tags: { key: "environment", values: ["prod"] } },
        { tags: { key: "cell", values: ["aws-use1"] } },
      ],
    });
    assert.deepEqual([cell.metrics, cell.costFilters], ["UnblendedCost", undefined]);
    const whole = only(ofEnvironment, "aws:budgets/budget:Budget").inputs;
    assert.deepEqual(whole.costFilters, [
      { name: "TagKeyValue", values: ["user:environment$prod"] },
    ]);
    assert.deepEqual([whole.metrics, whole.filterExpression], [undefined, undefined]);
  });

  test("anomalies are detected by tag, and reported from 100 dollars", () => {
    const monitor = only(ofCell, "aws:costexplorer/anomalyMonitor:AnomalyMonitor").inputs;
    const { Tags } = JSON.parse(String(monitor.monitorSpecification));
    assert.deepEqual(Tags, { Key: "cell", MatchOptions: null, Values: ["aws-use1"] });
    const { inputs } = only(ofCell, "aws:costexplorer/anomalySubscription:AnomalySubscription");
    assert.deepEqual(inputs.thresholdExpression, {
      dimension: {
        key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
        matchOptions: ["GREATER_THAN_OR_EQUAL"],
        values: ["100"],
      },
    });
    // AWS sends individual alerts to topics only.
    assert.equal(inputs.frequency, "DAILY");
  });

  test("every tag of the blueprint can be activated as a cost allocation tag", () => {
    const tags = ofEnvironment.filter(({ type }) => type.endsWith(":CostAllocationTag"));
    assert.deepEqual(tags.map(({ inputs }) => inputs.tagKey).sort(), [
      "cell",
      "component",
      "cost-centre",
      "data-class",
      "environment",
      "owner",
      "tenant",
    ]);
    assert.ok(tags.every(({ inputs }) => inputs.status === "Active"));
    const { dependsOn } = only(ofEnvironment, "aws:budgets/budget:Budget");
    assert.equal(dependsOn.length, tags.length);
  });

  test("the schemas of the embedded cloud accept all of it", () => {
    assert.deepEqual([...refusals(ofCell), ...refusals(ofEnvironment)], []);
  });
});

describe("GCP", async () => {
  const resources = await inventory(() =>
    createBudget("budget", {
      cloud: "gcp",
      ownership: { ...ownership, cell: "gcp-euw1" },
      spec: gcp,
    }),
  );

  test("there is a budget, and a notification channel for each address", () => {
    assert.deepEqual(counts(resources), {
      "atoll:budget:GcpBudget": 1,
      "gcp:billing/budget:Budget": 1,
      "gcp:monitoring/notificationChannel:NotificationChannel": 2,
    });
    const { inputs } = only(
      resources,
      "gcp:monitoring/notificationChannel:NotificationChannel",
      "budget-finops-acme-example",
    );
    assert.deepEqual(
      [inputs.type, inputs.labels],
      ["email", { email_address: "finops@acme.example" }],
    );
    assert.equal((inputs.userLabels as Record<string, string>).cell, "gcp-euw1");
  });

  test("the budget is monthly, before credits, filtered by the cell's label", () => {
    const { inputs } = only(resources, "gcp:billing/budget:Budget");
    assert.deepEqual(inputs.amount, {
      specifiedAmount: { currencyCode: "EUR", units: "5000", nanos: 500_000_000 },
    });
    assert.deepEqual(inputs.budgetFilter, {
      projects: ["projects/123456789012"],
      labels: { cell: "gcp-euw1" },
      calendarPeriod: "MONTH",
      creditTypesTreatment: "EXCLUDE_ALL_CREDITS",
    });
    assert.deepEqual(inputs.thresholdRules, [
      { thresholdPercent: 0.8, spendBasis: "CURRENT_SPEND" },
      { thresholdPercent: 1.1, spendBasis: "FORECASTED_SPEND" },
    ]);
    const { monitoringNotificationChannels } = inputs.allUpdatesRule as Record<string, unknown[]>;
    assert.equal(monitoringNotificationChannels?.length, 2);
  });

  test("the schemas of the embedded cloud accept all of it", () => {
    assert.deepEqual(refusals(resources), []);
  });
});

test("any amount equals its units and nanos, to the cent", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 11 }), (cents) => {
      const { units, nanos } = googleMoney(cents / 100);
      assert.match(units, /^\d+$/);
      assert.ok(nanos >= 0 && nanos < 10 ** 9);
      assert.equal(Number(units) * 100 + nanos / 10 ** 7, cents);
    }),
  );
});

describe("rejected, each with one message", () => {
  const alerts = aws.alerts;
  for (const [what, spec, message] of [
    [
      "a budget that nobody hears of",
      { ...aws, alerts: { emails: [] } },
      /alerts\.emails: must name at least one address/,
    ],
    [
      "more alerts than AWS takes",
      { ...aws, alerts: { ...alerts, actual: [10, 20, 30, 40, 50] } },
      /alerts\.actual: must have at most 5 percentages/,
    ],
    [
      "more addresses than Google takes",
      { ...gcp, alerts: { emails: [1, 2, 3, 4, 5, 6].map((n) => `a${n}@acme.example`) } },
      /alerts\.emails: must name at most 5 addresses/,
    ],
    [
      "euros on AWS",
      { ...aws, monthly: { amount: 5000, currency: "EUR" } },
      /currency: must be USD/,
    ],
    [
      "fractions of a cent",
      { ...gcp, monthly: { amount: 0.001 } },
      /amount: must be a multiple of 0\.01/,
    ],
    [
      "a billing account by name",
      { ...gcp, billingAccount: "acme" },
      /billingAccount: must be a billing account such as/,
    ],
    [
      "anomalies on GCP",
      { ...gcp, anomalies: {} },
      /anomalies: must be omitted: Google detects anomalies by itself/,
    ],
    ["a site of one's own", { cloud: "onprem" }, /cloud: must be one of "aws", "gcp"/],
  ] as const) {
    test(what, () => {
      const { problems } = checkSpec(budgetSpec, spec, "budget");
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(`${problems[0]?.path}: ${problems[0]?.message}`, message);
    });
  }
});
