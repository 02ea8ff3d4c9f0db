/** The settings of a budget, and the facts that the stack adds. Defaults live only here. */
import { z } from "zod";
import { accountText, projectNumberText, projectText } from "../core/cloud.ts";
import { countLimits } from "../core/service-limits.ts";

const percent = z.number().min(1).max(1000);

function once<T>(list: readonly T[]): boolean {
  return new Set(list).size === list.length;
}

const alerts = {
  /** Percentages of the budget at which actual costs trigger an alert. @default [50, 80, 100] */
  actual: z
    .array(percent)
    .refine(once, { error: "must name each percentage once" })
    .default([50, 80, 100]),
  /** Percentages of the budget at which costs forecasted for the month trigger an alert. @default [100] */
  forecast: z
    .array(percent)
    .refine(once, { error: "must name each percentage once" })
    .default([100]),
  /** Recipients of the alerts. */
  emails: z
    .array(z.email({ error: "must be an e-mail address" }))
    .min(1, { error: "must name at least one address" })
    .refine(once, { error: "must name each address once" }),
};

/** Recipients and thresholds; each cloud limits their number. */
export const budgetAlerts = z.strictObject(alerts);

/** Limits for one budget. Sources: "Quotas for AWS Budgets", `NotificationsRule` of Google's Budget API. */
const most = {
  aws: { alerts: countLimits.notificationsPerBudget, emails: countLimits.emailsPerNotification },
  gcp: { emails: 5 },
} as const;

const amount = z.number().positive().max(1e9).multipleOf(0.01);

export const awsBudgetFields = {
  monthly: z.strictObject({
    /** The monthly amount. */
    amount,
    /** @default "USD" */
    currency: z
      .literal("USD", { error: "must be USD, the only currency of AWS budgets" })
      .default("USD"),
  }),
  alerts: z
    .strictObject({
      ...alerts,
      emails: alerts.emails.max(most.aws.emails, {
        error: `must name at most ${most.aws.emails} addresses`,
      }),
    })
    .superRefine(({ actual, forecast }, context) => {
      if (actual.length + forecast.length <= most.aws.alerts) return;
      context.addIssue({
        code: "custom",
        path: ["actual"],
        input: actual,
        message: `must have at most ${most.aws.alerts} percentages, together with forecast`,
      });
    }),
  anomalies: z
    .strictObject({
      /** Minimum total impact of an anomaly that triggers an alert, in the budget's currency. @default 100 */
      minimum: z.number().positive().max(1e9).default(100),
    })
    .prefault({}),
  /**
   * Whether to activate the blueprint's tags as cost allocation tags. Only the management account can do that, and only a day
   * after the tags first appeared on resources. Enable it in one environment of that account.
   *
   * @default false
   */
  costAllocationTags: z.boolean().default(false),
};

export const gcpBudgetFields = {
  /** The billing account. */
  billingAccount: z.string().regex(/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/, {
    error: 'must be a billing account such as "012345-6789AB-CDEF01"',
  }),
  monthly: z.strictObject({
    /** The monthly amount, before credits. */
    amount,
    /** The currency of the billing account. @default "USD" */
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, { error: 'must be a currency such as "EUR"' })
      .default("USD"),
  }),
  alerts: z.strictObject({
    ...alerts,
    emails: alerts.emails.max(most.gcp.emails, {
      error: `must name at most ${most.gcp.emails} addresses`,
    }),
  }),
  /** Not supported on GCP. */
  anomalies: z
    .undefined({
      error: "must be omitted: Google detects anomalies by itself, for the whole billing account",
    })
    .optional(),
};

/** `budget` in the manifest of an environment or a cell, by its cloud. */
export const awsBudgetSettings = z.strictObject(awsBudgetFields);
export const gcpBudgetSettings = z.strictObject(gcpBudgetFields);

/** The same, with the facts of the stack. */
export const awsBudgetSpec = z.strictObject({
  cloud: z.literal("aws"),
  account: accountText,
  ...awsBudgetFields,
});

export const gcpBudgetSpec = z.strictObject({
  cloud: z.literal("gcp"),
  project: projectText,
  /** Budget filters name projects by number. */
  projectNumber: projectNumberText,
  ...gcpBudgetFields,
});

/** On-premises sites have no billing to monitor. */
export const budgetSpec = z.discriminatedUnion("cloud", [awsBudgetSpec, gcpBudgetSpec]);

export type AwsBudgetInput = z.input<typeof awsBudgetSpec>;
export type AwsBudgetSpec = z.output<typeof awsBudgetSpec>;
export type GcpBudgetInput = z.input<typeof gcpBudgetSpec>;
export type GcpBudgetSpec = z.output<typeof gcpBudgetSpec>;
