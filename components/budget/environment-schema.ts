/** The settings of an environment's budgets. Accounts, projects and cells are given by name. */
import { z } from "zod";
import { accountText, projectText } from "../core/cloud.ts";
import { nameSchema } from "../core/stack-name.ts";
import { awsBudgetSettings, budgetAlerts, gcpBudgetFields, gcpBudgetSettings } from "./schema.ts";

/** Only what is listed here has a budget. */
export const budgetSettings = z.strictObject({
  /** Who is notified and when, for every budget without its own alerts. */
  alerts: budgetAlerts.optional(),
  /** The billing account of projects without their own. */
  billingAccount: gcpBudgetFields.billingAccount.optional(),
  /** The environment's budget in an account; see components/budget. @default {} */
  accounts: z.record(accountText, awsBudgetSettings.partial({ alerts: true })).default({}),
  /** The environment's budget in a project; see components/budget. @default {} */
  projects: z
    .record(projectText, gcpBudgetSettings.partial({ alerts: true, billingAccount: true }))
    .default({}),
  /** A cell's budget, in the format of its cloud. @default {} */
  cells: z.record(nameSchema, z.record(z.string(), z.unknown())).default({}),
});

/** The settings of a cell's budget. Cost allocation tags are a setting of the whole account. */
export const cellBudgetSettings = {
  aws: awsBudgetSettings.omit({ costAllocationTags: true }).partial({ alerts: true }),
  gcp: gcpBudgetSettings.partial({ alerts: true, billingAccount: true }),
} as const;

export type BudgetSettings = z.output<typeof budgetSettings>;
