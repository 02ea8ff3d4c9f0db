import { z } from "zod";
import { ownNamespace } from "../core/namespaces.ts";
import { sizeText } from "../core/units.ts";
import { poolModes } from "./onprem-pooler.ts";

const objectName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: "must be 1 to 63 lower case letters, digits and hyphens",
});

/** The settings of on-premises databases only. */
export const onpremFields = {
  /** Read replicas beside the three instances of the quorum. @default 0 */
  readReplicas: z.int().min(0).max(6).default(0),
  /**
   * Whether to install the operator and its Barman Cloud plugin, or to use an existing installation. The plugin needs
   * cert-manager.
   * @default "install"
   */
  operator: z.enum(["install", "present"]).default("install"),
  /** Namespace for the database alone. @default "database" */
  namespace: ownNamespace(objectName).default("database"),
  storage: z
    .strictObject({
      /** Volume of each instance for data. @default "50 GiB" */
      data: sizeText({ min: "1 GiB", max: "64 TiB" }).default("50 GiB"),
      /** Volume of each instance for write-ahead logs: it must hold the logs that are not archived yet. @default "10 GiB" */
      wal: sizeText({ min: "1 GiB", max: "4 TiB" }).default("10 GiB"),
      /** Storage class of both; it should be encrypted and zonal. @default the cluster's own */
      className: objectName.optional(),
    })
    .prefault({}),
  /** The store of backups and write-ahead logs: an S3-compatible object store outside the cluster. */
  archive: z.strictObject({
    /** Bucket and prefix. */
    path: z.string().regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w!.*'()-]+)*\/?$/, {
      error: 'must be a bucket and prefix such as "s3://acme-backups/database"',
    }),
    endpoint: z.url({
      protocol: /^https$/,
      error: "must be the URL of an object store, starting with https://",
    }),
    /** Secret in the namespace with `ACCESS_KEY_ID` and `ACCESS_SECRET_KEY`, as created by External Secrets. */
    credentialsSecret: objectName,
    /**
     * Secret in the namespace with `ca.crt`, the authority that signed the object store's certificate. @default a public
     * authority
     */
    authoritySecret: objectName.optional(),
  }),
  pooler: z
    .strictObject({
      /** Instances of PgBouncer. @default 2 */
      instances: z.int().min(2).max(9).default(2),
      /**
       * Pool mode: `transaction` shares connections best but does not support session state, `session` does.
       * @default "transaction"
       */
      mode: z.enum(poolModes).default("transaction"),
      /** Maximum clients of each instance. @default 1000 */
      clients: z.int().min(1).max(10_000).default(1000),
    })
    .prefault({}),
  /** Namespaces whose pods may connect. @default [], only the database's own */
  clientNamespaces: z.array(objectName).default([]),
  /** Whether to create a PodMonitor for Prometheus; its operator must be installed. @default false */
  podMonitor: z.boolean().default(false),
};
