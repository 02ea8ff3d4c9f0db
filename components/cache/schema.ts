/** The settings of a cache, and the facts that the cell adds. Defaults live in the schemas only. */
import { z } from "zod";
import { accountText, projectText, regionText } from "../core/cloud.ts";
import { ownNamespace } from "../core/namespaces.ts";
import { logRetentions } from "../core/retention.ts";
import { sizeText } from "../core/units.ts";
import { cacheFields, refineCache, snapshotField, usersField } from "./base-schema.ts";
import { gcpReplicasProblem } from "./capacity.ts";
import { awsVersion, gcpVersion, onpremVersion } from "./versions.ts";

/** The quota of ElastiCache, "Users per user group", is 100 unless AWS has raised it; one of them is the default user. */
const mostUsers = 99;

/** `cache` in the manifest of an AWS cell. */
export const awsCacheSettings = z
  .strictObject({
    ...cacheFields,
    ...snapshotField,
    ...usersField,
    /** Major version of Valkey. @default "8" */
    version: awsVersion.default("8"),
    /** Days that the engine log and the slow log are kept. @default 365, as PCI DSS 10.5.1 requires */
    logRetentionDays: z.literal([...logRetentions]).default(365),
  })
  .superRefine(refineCache("aws"))
  .superRefine(({ users }, context) => {
    const count = Object.keys(users).length;
    if (count <= mostUsers) return;
    context.addIssue({
      code: "custom",
      path: ["users"],
      input: count,
      message: `must be at most ${mostUsers} users: the quota of a user group is 100, and one is the disabled default user`,
    });
  });

/** `cache` in the manifest of a GCP cell. Users are IAM principals. */
export const gcpCacheSettings = z
  .strictObject({
    ...cacheFields,
    ...snapshotField,
    /** Major version of Valkey. @default "8" */
    version: gcpVersion.default("8"),
    /**
     * Whether to create the service connection policy for Memorystore's endpoints, or to use an existing one: a network has one
     * per region.
     * @default "create"
     */
    connectionPolicy: z.enum(["create", "present"]).default("create"),
  })
  .superRefine(refineCache("gcp"))
  .superRefine(({ size, replicas }, context) => {
    const message = gcpReplicasProblem(size, replicas);
    if (message === undefined) return;
    context.addIssue({ code: "custom", path: ["replicas"], input: replicas, message });
  });

const objectName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: "must be 1 to 63 lower case letters, digits and hyphens",
});

/** `cache` in the manifest of an on-premises cell. */
export const onpremCacheSettings = z
  .strictObject({
    ...cacheFields,
    ...usersField,
    /** Major version of Valkey. @default "8" */
    version: onpremVersion.default("8"),
    /** Namespace for the cache alone. @default "cache" */
    namespace: ownNamespace(objectName).default("cache"),
    /**
     * Secret in the namespace with the password of each user, and of `default` and `replication`, as created by External Secrets.
     */
    passwordsSecret: objectName,
    /** The cert-manager ClusterIssuer that signs the cache's certificate. */
    issuer: objectName,
    storage: z
      .strictObject({
        /** Volume of each pod. @default "20 GiB" */
        size: sizeText({ min: "1 GiB", max: "16 TiB" }).default("20 GiB"),
        /** @default the cluster's own */
        className: objectName.optional(),
      })
      .prefault({}),
    /** Namespaces whose pods may connect. @default [], only the cache's own */
    clientNamespaces: z.array(objectName).default([]),
  })
  .superRefine(refineCache("onprem"));

/** The `spec` of the AWS component: settings, account and region. */
export const awsCacheSpec = awsCacheSettings.safeExtend({
  cloud: z.literal("aws"),
  account: accountText,
  region: regionText("aws"),
  /** Whether the environment has tiers of tenants. @default false */
  tenants: z.boolean().default(false),
});

/** The `spec` of the GCP component: settings, project and region. */
export const gcpCacheSpec = gcpCacheSettings.safeExtend({
  cloud: z.literal("gcp"),
  project: projectText,
  region: regionText("gcp"),
});

/** The `spec` of the on-premises component. */
export const onpremCacheSpec = onpremCacheSettings.safeExtend({ cloud: z.literal("onprem") });

export type AwsCacheSpec = z.output<typeof awsCacheSpec>;
export type GcpCacheSpec = z.output<typeof gcpCacheSpec>;
export type OnpremCacheSpec = z.output<typeof onpremCacheSpec>;
