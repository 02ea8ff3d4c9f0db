/** Who gets what, as a manifest says it: a kind of resource, which one, and verbs of a closed set. Defaults live only here. */
import { z } from "zod";

/** A part of the role's or account's name. */
export function identityKey() {
  return z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, {
    error: "must be a key of 1 to 40 lower case letters, digits and hyphens",
  });
}

function kubernetesName() {
  return z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: "must name one, of 1 to 63 lower case letters, digits and hyphens: no wildcards",
  });
}

/** The pods that act under an identity. */
export const who = {
  /** Of the pods. */
  namespace: kubernetesName(),
  /** That the pods run as; of one workload only. */
  serviceAccount: kubernetesName(),
};

function oneResource() {
  return z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/, {
    error: "must name one resource: wildcards are not granted",
  });
}

function verbs<const Verbs extends readonly [string, ...string[]]>(known: Verbs) {
  return z
    .array(z.enum(known))
    .min(1)
    .refine((list) => new Set(list).size === list.length, {
      error: "must not list a verb twice",
    });
}

/** A folder of a bucket. */
const prefix = z.string().regex(/^([A-Za-z0-9_.=-]+\/)+$/, {
  error: 'must be a folder such as "invoices/", without wildcards',
});

const bucket = z.strictObject({
  kind: z.literal("bucket"),
  name: oneResource(),
  may: verbs(["read", "write", "delete"]),
  /** Only what lies in this folder. @default the whole bucket */
  prefix: prefix.optional(),
});

const key = z.strictObject({
  kind: z.literal("key"),
  name: oneResource(),
  may: verbs(["encrypt", "decrypt"]),
});

const secret = z.strictObject({
  kind: z.literal("secret"),
  name: oneResource(),
  may: verbs(["read"]),
});

const topic = z.strictObject({
  kind: z.literal("topic"),
  name: oneResource(),
  may: verbs(["consume", "produce"]),
  /** The consumer group, and those whose names go on with a dot. @default the workload's key */
  group: oneResource().optional(),
});

const database = z.strictObject({
  kind: z.literal("database"),
  name: oneResource(),
  may: verbs(["connect"]),
});

const cache = z.strictObject({
  kind: z.literal("cache"),
  name: oneResource(),
  may: verbs(["connect"]),
});

/** The user of PostgreSQL; one of its own, as the master user signs in by password. */
const databaseUser = z.string().regex(/^[a-z_][a-z0-9_-]{0,62}$/, {
  error: "must be one user: lower case letters, digits, underscores and hyphens",
});

export const awsGrant = z.discriminatedUnion("kind", [
  bucket,
  key,
  secret,
  topic,
  database.extend({
    /** The user of PostgreSQL that it signs in as. */
    user: databaseUser,
  }),
  cache.extend({
    /** The user of the cache that it signs in as, by its key. */
    user: oneResource(),
  }),
]);

export const gcpGrant = z.discriminatedUnion("kind", [
  bucket.superRefine(({ may }, context) => {
    if (!may.includes("delete") || may.length === 3) return;
    context.addIssue({
      code: "custom",
      path: ["may"],
      input: may,
      message:
        "must have read and write beside delete: Google has no narrower role than Storage Object User",
    });
  }),
  key,
  secret,
  database,
  cache,
  topic.superRefine(({ name }, context) => {
    context.addIssue({
      code: "custom",
      path: ["kind"],
      input: "topic",
      message: `must not be a topic on GCP: give the workload \`account: true\` and its account to a client of the stream, whose access lists decide on "${name}"`,
    });
  }),
]);

export type AwsGrant = z.output<typeof awsGrant>;
export type GcpGrant = z.output<typeof gcpGrant>;
export type GrantKind = (AwsGrant | GcpGrant)["kind"];

export const grantKinds = [
  "bucket",
  "key",
  "secret",
  "topic",
  "database",
  "cache",
] as const satisfies readonly GrantKind[];
