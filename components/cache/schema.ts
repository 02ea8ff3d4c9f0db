/** What a manifest may say about a cache, and what the cell adds to it. Defaults live in the schemas only. */
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
    /** Days that the logs of the engine and of slow commands are kept. @default 365, what PCI DSS 10.5.1 asks for */
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
      message: `must be at most ${mostUsers} users: the quota of a user group is 100, and one is the default that nobody signs in as`,
    });
  });

/** `cache` in the manifest of a GCP cell. Users are identities of IAM. */
export const gcpCacheSettings = z
  .strictObject({
    ...cacheFields,
    ...snapshotField,
    /** Major version of Valkey. @default "8" */
    version: gcpVersion.default("8"),
    /**
     * Whether the policy that lets Memorystore make its endpoints is made, or stands already: a network has one in each region.
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
    /** Namespace of the cache's own. @default "cache" */
    namespace: ownNamespace(objectName).default("cache"),
    /** Secret of the namespace with the password of each user, and of `default` and `replication`, as External Secrets makes it. */
    passwordsSecret: objectName,
    /** Who signs the cache's certificate: an issuer of cert-manager for the whole cluster. */
    issuer: objectName,
    storage: z
      .strictObject({
        /** Volume of each pod. @default "20 GiB" */
        size: sizeText({ min: "1 GiB", max: "16 TiB" }).default("20 GiB"),
        /** @default the cluster's own */
        className: objectName.optional(),
      })
      .prefault({}),
    /** Namespaces whose pods may connect. @default [], nobody outside the cache's own */
    clientNamespaces: z.array(objectName).default([]),
  })
  .superRefine(refineCache("onprem"));

/** A cache on AWS with its place: what the component takes as `spec`. */
export const awsCacheSpec = awsCacheSettings.safeExtend({
  cloud: z.literal("aws"),
  account: accountText,
  region: regionText("aws"),
});

/** A cache on GCP with its place: what the component takes as `spec`. */
export const gcpCacheSpec = gcpCacheSettings.safeExtend({
  cloud: z.literal("gcp"),
  project: projectText,
  region: regionText("gcp"),
});

/** A cache on premises: what the component takes as `spec`. */
export const onpremCacheSpec = onpremCacheSettings.safeExtend({ cloud: z.literal("onprem") });

export type AwsCacheSpec = z.output<typeof awsCacheSpec>;
export type GcpCacheSpec = z.output<typeof gcpCacheSpec>;
export type OnpremCacheSpec = z.output<typeof onpremCacheSpec>;
