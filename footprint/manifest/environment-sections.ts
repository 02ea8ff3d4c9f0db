/** The schemas of an environment's audit trail, budgets and deployers. Accounts and projects are given by id. */
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

/** Every account and project with cells has an audit trail, whether it is listed here or not. */
export const auditSection = z
  .strictObject({
    /** Days that every archive keeps its records. @default what the frameworks require, at least a year */
    retentionDays: awsAuditSettings.shape.retentionDays,
    /** By account; see components/audit. @default {} */
    accounts: z
      .record(
        accountText,
        awsAuditSettings.omit({ retentionDays: true }).extend({
          /** Region of the trail and its archive. @default the region of the account's cells, if there is only one */
          region: regionText("aws").optional(),
        }),
      )
      .default({}),
    /** By project; see components/audit. @default {} */
    projects: z
      .record(
        projectText,
        gcpAuditSettings.omit({ retentionDays: true }).extend({
          /** Region of the archive. @default the region of the project's cells, if there is only one */
          region: regionText("gcp").optional(),
        }),
      )
      .default({}),
    /** For the API servers of all sites; see components/audit. */
    onprem: onpremAuditSettings.omit({ retentionDays: true }).optional(),
  })
  .prefault({});

/** Only what is listed here has a budget. */
export const budgetSection = z
  .strictObject({
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
  })
  .prefault({});

/** The settings of a cell's budget. Cost allocation tags are a setting of the whole account. */
export const cellBudgetSettings = {
  aws: awsBudgetSettings.omit({ costAllocationTags: true }).partial({ alerts: true }),
  gcp: gcpBudgetSettings.partial({ alerts: true, billingAccount: true }),
} as const;

/** CI jobs that may sign in. */
export const deployersSection = z
  .strictObject({
    /** By account; see components/identity. @default {} */
    accounts: z.record(accountText, awsDeployersSettings).default({}),
    /** By project; see components/identity. @default {} */
    projects: z.record(projectText, gcpDeployersSettings).default({}),
  })
  .prefault({});
