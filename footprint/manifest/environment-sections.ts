/** What an environment's manifest may say about its audit trail, its budgets and who deploys it. Places are named by their ids. */
import { z } from "zod";
import {
  awsAuditSettings,
  gcpAuditSettings,
  onpremAuditSettings,
} from "../../components/audit/schema.ts";
import {
  awsBudgetSettings,
  budgetAlerts,
  gcpBudgetFields,
  gcpBudgetSettings,
} from "../../components/budget/schema.ts";
import { accountText, projectText, regionText } from "../../components/core/cloud.ts";
import { nameSchema } from "../../components/core/stack-name.ts";
import {
  awsDeployersSettings,
  gcpDeployersSettings,
} from "../../components/identity/deployers-schema.ts";

/** Every account and project with cells has an audit trail, whether it is named here or not. */
export const auditSection = z
  .strictObject({
    /** Days that every archive keeps its records. @default what the frameworks demand, at least a year */
    retentionDays: awsAuditSettings.shape.retentionDays,
    /** By account; see components/audit. @default {} */
    accounts: z
      .record(
        accountText,
        awsAuditSettings.omit({ retentionDays: true }).extend({
          /** Where the trail and its archive are. @default the region of the account's cells, where there is but one */
          region: regionText("aws").optional(),
        }),
      )
      .default({}),
    /** By project; see components/audit. @default {} */
    projects: z
      .record(
        projectText,
        gcpAuditSettings.omit({ retentionDays: true }).extend({
          /** Where the archive is. @default the region of the project's cells, where there is but one */
          region: regionText("gcp").optional(),
        }),
      )
      .default({}),
    /** For the API servers of all sites; see components/audit. */
    onprem: onpremAuditSettings.omit({ retentionDays: true }).optional(),
  })
  .prefault({});

/** There is a budget for what is named here, and no other. */
export const budgetSection = z
  .strictObject({
    /** Who is told and when, for every budget that does not say so itself. */
    alerts: budgetAlerts.optional(),
    /** Who pays for the projects that do not say so themselves. */
    billingAccount: gcpBudgetFields.billingAccount.optional(),
    /** What the environment may cost in an account; see components/budget. @default {} */
    accounts: z.record(accountText, awsBudgetSettings.partial({ alerts: true })).default({}),
    /** What the environment may cost in a project; see components/budget. @default {} */
    projects: z
      .record(projectText, gcpBudgetSettings.partial({ alerts: true, billingAccount: true }))
      .default({}),
    /** What a cell may cost, in the terms of its cloud. @default {} */
    cells: z.record(nameSchema, z.record(z.string(), z.unknown())).default({}),
  })
  .prefault({});

/** What a cell's budget may say: bills are split by tags for an account as a whole. */
export const cellBudgetSettings = {
  aws: awsBudgetSettings.omit({ costAllocationTags: true }).partial({ alerts: true }),
  gcp: gcpBudgetSettings.partial({ alerts: true, billingAccount: true }),
} as const;

/** Jobs of continuous integration that may sign in. */
export const deployersSection = z
  .strictObject({
    /** By account; see components/identity. @default {} */
    accounts: z.record(accountText, awsDeployersSettings).default({}),
    /** By project; see components/identity. @default {} */
    projects: z.record(projectText, gcpDeployersSettings).default({}),
  })
  .prefault({});
