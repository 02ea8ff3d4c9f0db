/** The settings of a database, and the facts that the cell adds. Defaults live in the schemas only. */
import { z } from "zod";
import { accountText, projectText, regionText } from "../core/cloud.ts";
import { logRetentions } from "../core/retention.ts";
import { askedFields, databaseFields, refineDatabase } from "./base-schema.ts";
import { gcpEditions } from "./capacity.ts";
import { gcpEditionProblem } from "./gcp-editions.ts";
import { onpremFields } from "./onprem-schema.ts";

/** `database` in the manifest of an AWS cell. */
export const awsDatabaseSettings = z
  .strictObject({
    ...databaseFields,
    /** Instances beside the writer, 1 to 15: they serve reads, and the first takes over when the writer fails. @default 1 */
    readReplicas: z.int().min(1).max(15).default(1),
    /**
     * RDS Proxy in front of the writer: it pools connections and keeps client connections through a failover.
     * @default true
     */
    proxy: z.boolean().default(true),
    /**
     * Database Insights: `standard` keeps a week of query statistics at no charge, `advanced` 15 months at a charge.
     * @default "standard"
     */
    insights: z.enum(["standard", "advanced"]).default("standard"),
    /** Days that the logs of database and proxy are kept. @default 365, as PCI DSS 10.5.1 requires */
    logRetentionDays: z.literal([...logRetentions]).default(365),
    /**
     * Who has the master user's password: `managed` by RDS, which rotates it, or `stored` once in a secret. RDS cannot manage that
     * of a replicated database, which always has a stored one. Set `stored` in the same change that removes `replicateTo`, and
     * remove it in the next: RDS refuses to manage the password until the cluster has left its global database.
     *
     * @default "managed", without `replicateTo`
     */
    masterPassword: z.enum(["managed", "stored"]).optional(),
  })
  .superRefine(refineDatabase("aws"))
  .superRefine(({ masterPassword, replicateTo }, context) => {
    if (masterPassword !== "managed" || replicateTo === undefined) return;
    context.addIssue({
      code: "custom",
      path: ["masterPassword"],
      input: masterPassword,
      message: 'must be "stored" or omitted with replicateTo: RDS cannot manage the password',
    });
  });

/** `database` in the manifest of a GCP cell. */
export const gcpDatabaseSettings = z
  .strictObject({
    ...databaseFields,
    /** Read replicas beside the primary and its standby, which serves no reads. @default 0 */
    readReplicas: z.int().min(0).max(10).default(0),
    /**
     * `ENTERPRISE_PLUS` has the data cache, maintenance in under a second and point-in-time recovery of 35 days; `ENTERPRISE`
     * costs less and has 7 days.
     * @default "ENTERPRISE_PLUS"
     */
    edition: z.enum(gcpEditions).default("ENTERPRISE_PLUS"),
    /**
     * Whether clients must use a Cloud SQL connector or the Auth Proxy, which check IAM permissions and use TLS.
     * @default true
     */
    requireConnector: z.boolean().default(true),
    /** Initial size of the disk in GiB; it grows automatically and never shrinks. @default 50 */
    diskGiB: z.int().min(10).max(65_536).default(50),
    /**
     * Google reserves the name of a deleted instance for a week. Increase this number to recreate a destroyed database within
     * that time.
     * @default 1
     */
    generation: z.int().min(1).max(999).default(1),
  })
  .superRefine(refineDatabase("gcp"))
  .superRefine(({ edition, backups }, context) => {
    const message = gcpEditionProblem(edition, backups.retentionDays);
    if (message === undefined) return;
    context.addIssue({ code: "custom", path: ["edition"], input: edition, message });
  });

/** `database` in the manifest of an on-premises cell. */
export const onpremDatabaseSettings = z
  .strictObject({
    ...databaseFields,
    ...onpremFields,
    /**
     * The archive keeps the backups of a deleted database, and CloudNativePG refuses to write to the same folder again. Increase
     * this number to recreate the database. In the archive, the folder is the name of the cluster and this number.
     * @default 1
     */
    generation: z.int().min(1).max(999).default(1),
  })
  .superRefine(refineDatabase("onprem"));

/** The `spec` of the AWS component: settings, account, region and zones. */
export const awsDatabaseSpec = awsDatabaseSettings.safeExtend({
  cloud: z.literal("aws"),
  account: accountText,
  region: regionText("aws"),
  /** Zones of the isolated subnets, in their order; instances are distributed over them. */
  zones: z.array(z.string()).min(2).max(4),
  ...askedFields,
});

/** Whether the master user's password is stored, and not managed by RDS. */
export function storesPassword({
  masterPassword,
  replicateTo,
}: Pick<z.output<typeof awsDatabaseSettings>, "masterPassword" | "replicateTo">): boolean {
  return masterPassword === "stored" || replicateTo !== undefined;
}

/** The `spec` of the GCP component: settings, project and region. */
export const gcpDatabaseSpec = gcpDatabaseSettings.safeExtend({
  cloud: z.literal("gcp"),
  project: projectText,
  region: regionText("gcp"),
  ...askedFields,
});

/** The `spec` of the on-premises component. */
export const onpremDatabaseSpec = onpremDatabaseSettings.safeExtend({
  cloud: z.literal("onprem"),
  ...askedFields,
});

export type AwsDatabaseSpec = z.output<typeof awsDatabaseSpec>;
export type GcpDatabaseSpec = z.output<typeof gcpDatabaseSpec>;
export type OnpremDatabaseSpec = z.output<typeof onpremDatabaseSpec>;
