/** What a manifest may say about a budget, and what the stack adds to it. Defaults live only here. */
import { z } from "zod";
import { accountText, projectNumberText, projectText } from "../core/cloud.ts";

const percent = z.number().min(1).max(1000);

function once<T>(list: readonly T[]): boolean {
  return new Set(list).size === list.length;
}

const alerts = {
  /** Percent of the budget that has been spent. @default [50, 80, 100] */
  actual: z
    .array(percent)
    .refine(once, { error: "must name each percentage once" })
    .default([50, 80, 100]),
  /** Percent of the budget that will have been spent at the end of the month, as the cloud forecasts. @default [100] */
  forecast: z
    .array(percent)
    .refine(once, { error: "must name each percentage once" })
    .default([100]),
  /** Who is told. */
  emails: z
    .array(z.email({ error: "must be an e-mail address" }))
    .min(1, { error: "must name somebody, or nobody would know" })
    .refine(once, { error: "must name each address once" }),
};

/** Who is told and when; how many there may be is the clouds' own. */
export const budgetAlerts = z.strictObject(alerts);

/** What AWS and Google take for one budget. Sources: "Quotas for AWS Budgets", `NotificationsRule` of Google's Budget API. */
const most = { aws: { alerts: 5, emails: 10 }, gcp: { emails: 5 } } as const;

const amount = z.number().positive().max(1e9).multipleOf(0.01);

export const awsBudgetFields = {
  monthly: z.strictObject({
    /** What a month may cost. */
    amount,
    /** @default "USD" */
    currency: z.literal("USD", { error: "must be USD, which AWS budgets are in" }).default("USD"),
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
        message: `must be ${most.aws.alerts} percentages at most, with those of forecast`,
      });
    }),
  anomalies: z
    .strictObject({
      /** What an anomaly has to cost until somebody is told, in the budget's currency. @default 100 */
      minimum: z.number().positive().max(1e9).default(100),
    })
    .prefault({}),
  /**
   * Whether bills are split by the tags of the blueprint. Only the account that pays may switch it on, and only for tags that
   * have been seen for a day: turn it on then, in one environment of that account.
   *
   * @default false
   */
  costAllocationTags: z.boolean().default(false),
};

export const gcpBudgetFields = {
  /** The account that pays. */
  billingAccount: z.string().regex(/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/, {
    error: 'must be a billing account such as "012345-6789AB-CDEF01"',
  }),
  monthly: z.strictObject({
    /** What a month may cost, before credits. */
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
  /** Not on GCP. */
  anomalies: z
    .undefined({
      error:
        "must be left out: Google looks for anomalies by itself, for the billing account as a whole",
    })
    .optional(),
};

/** `budget` in the manifest of an environment or a cell, by its cloud. */
export const awsBudgetSettings = z.strictObject(awsBudgetFields);
export const gcpBudgetSettings = z.strictObject(gcpBudgetFields);

/** The same, with what the stack knows beside it. */
export const awsBudgetSpec = z.strictObject({
  cloud: z.literal("aws"),
  account: accountText,
  ...awsBudgetFields,
});

export const gcpBudgetSpec = z.strictObject({
  cloud: z.literal("gcp"),
  project: projectText,
  /** Bills name projects by it. */
  projectNumber: projectNumberText,
  ...gcpBudgetFields,
});

/** A site of one's own sends no bill that could be watched. */
export const budgetSpec = z.discriminatedUnion("cloud", [awsBudgetSpec, gcpBudgetSpec]);

export type AwsBudgetInput = z.input<typeof awsBudgetSpec>;
export type AwsBudgetSpec = z.output<typeof awsBudgetSpec>;
export type GcpBudgetInput = z.input<typeof gcpBudgetSpec>;
export type GcpBudgetSpec = z.output<typeof gcpBudgetSpec>;
