/** The settings of an environment's audit trail. Accounts and projects are given by id. */
import { z } from "zod";
import { accountText, projectText, regionText } from "../core/cloud.ts";
import { awsAuditSettings, gcpAuditSettings, onpremAuditSettings } from "./schema.ts";

/** Every account and project with cells has an audit trail, whether it is listed here or not. */
export const auditSettings = z.strictObject({
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
});

export type AuditSettings = z.output<typeof auditSettings>;
