import { z } from "zod";
import { ownNamespace } from "../core/namespaces.ts";
import { sizeText } from "../core/units.ts";
import { poolModes } from "./onprem-pooler.ts";

const objectName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: "must be 1 to 63 lower case letters, digits and hyphens",
});

/** What only a database that one runs oneself has to be told. */
export const onpremFields = {
  /** Read replicas beside the three instances of which two always have every commit. @default 0 */
  readReplicas: z.int().min(0).max(6).default(0),
  /**
   * Whether the operator and its Barman Cloud plugin are installed, or stand already. The plugin needs cert-manager.
   * @default "install"
   */
  operator: z.enum(["install", "present"]).default("install"),
  /** Namespace of the database's own. @default "database" */
  namespace: ownNamespace(objectName).default("database"),
  storage: z
    .strictObject({
      /** Volume of each instance for data. @default "50 GiB" */
      data: sizeText({ min: "1 GiB", max: "64 TiB" }).default("50 GiB"),
      /** Volume of each instance for write-ahead logs: it must hold what the archive is behind. @default "10 GiB" */
      wal: sizeText({ min: "1 GiB", max: "4 TiB" }).default("10 GiB"),
      /** Storage class of both; it should encrypt and stay in one zone. @default the cluster's own */
      className: objectName.optional(),
    })
    .prefault({}),
  /** Where backups and write-ahead logs go: an object store that speaks S3, outside the cluster. */
  archive: z.strictObject({
    /** Bucket and prefix. */
    path: z.string().regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w!.*'()-]+)*\/?$/, {
      error: 'must be a bucket and prefix such as "s3://acme-backups/database"',
    }),
    endpoint: z.url({
      protocol: /^https$/,
      error: "must be the URL of an object store, starting with https://",
    }),
    /** Secret of the namespace with `ACCESS_KEY_ID` and `ACCESS_SECRET_KEY`, as External Secrets makes it. */
    credentialsSecret: objectName,
    /** Secret of the namespace whose `ca.crt` signed the object store's certificate. @default a public authority */
    authoritySecret: objectName.optional(),
  }),
  pooler: z
    .strictObject({
      /** Instances of PgBouncer. @default 2 */
      instances: z.int().min(2).max(9).default(2),
      /**
       * How long a client keeps a connection: `transaction` shares best and takes no session state, `session` takes all.
       * @default "transaction"
       */
      mode: z.enum(poolModes).default("transaction"),
      /** Clients that each instance takes. @default 1000 */
      clients: z.int().min(1).max(10_000).default(1000),
    })
    .prefault({}),
  /** Namespaces whose pods may connect. @default [], nobody outside the database's own */
  clientNamespaces: z.array(objectName).default([]),
  /** Whether Prometheus finds the instances by a PodMonitor; its operator has to stand. @default false */
  podMonitor: z.boolean().default(false),
};
