import { z } from "zod";
import { didYouMean } from "../core/suggest.ts";

/** The bucket for the access logs of all others. */
export const accessLogsKey = "access-logs";

/** The key of a bucket, which is part of its name and of its resource names. */
export function bucketKey() {
  return z
    .string()
    .regex(/^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/, {
      error: "must be a key of 1 to 30 lower case letters, digits and hyphens",
    })
    .refine((key) => key !== accessLogsKey, {
      error: `must not be "${accessLogsKey}", which is reserved for access logs`,
    });
}

const daysCount = (least: number) => z.int().min(least).max(36_500);

/** Transitions and expiration of objects. Only storage classes with immediate access, without a restore. */
const lifecycle = z.strictObject({
  /** Days until objects move to the infrequent access class. S3 requires at least 30. @default never */
  infrequentAfterDays: daysCount(30).optional(),
  /** Days until objects move to the archive class. @default never */
  archiveAfterDays: daysCount(30).optional(),
  /** Days until objects are deleted. @default never */
  expireAfterDays: daysCount(1).optional(),
  /** Days that a replaced or deleted version can be restored. @default 30 */
  oldVersionsDays: daysCount(1).default(30),
  /** Days until incomplete multipart uploads are deleted. @default 7 */
  abortUploadsAfterDays: daysCount(1).default(7),
});

/** The common settings of buckets on AWS and GCP. */
export const bucketFields = {
  /** `automatic` moves objects by access pattern, for a fee per object. It excludes ages in `lifecycle`. @default "by-age" */
  tiering: z.enum(["by-age", "automatic"]).default("by-age"),
  lifecycle: lifecycle.prefault({}),
  /** Protects objects from deletion and replacement until their retention ends. @default none */
  lock: z
    .strictObject({
      /** A principal with the permission can bypass `governance`. `compliance` cannot be bypassed. */
      mode: z.enum(["governance", "compliance"]),
      /** Minimum retention of each object in days. */
      days: daysCount(1),
    })
    .optional(),
};

/** A cell of the same environment and cloud that has a bucket under the same key. */
export const replicationCell = z.string().min(1);

/** Facts about another cell of the environment. */
export const peerCell = z.strictObject({
  cloud: z.enum(["aws", "gcp", "onprem"]),
  /** Account or project. */
  owner: z.string(),
  region: z.string(),
  /** Its buckets by key, and whether they are locked. */
  buckets: z.record(z.string(), z.strictObject({ locked: z.boolean() })),
});

export type Peer = z.output<typeof peerCell>;

/** The facts of every object store. */
export const storeFacts = {
  region: z.string().min(1),
  /** Whether the environment can be destroyed in one step. @default "permanent" */
  lifetime: z.enum(["permanent", "ephemeral"]).default("permanent"),
  /** The other cells of the environment, by name. @default {} */
  peers: z.record(z.string(), peerCell).default({}),
};

type BucketSettings = z.output<z.ZodObject<typeof bucketFields>> & {
  readonly replicateTo?: { readonly cell: string } | undefined;
};

/** A problem, with its path below the bucket. */
export interface BucketProblem {
  readonly path: readonly string[];
  readonly message: string;
  readonly got: unknown;
}

/** Checks the order of ages, and that `lifecycle` and automatic tiering exclude each other. */
export function bucketProblems({ tiering, lifecycle, lock }: BucketSettings): BucketProblem[] {
  const { infrequentAfterDays, archiveAfterDays, expireAfterDays } = lifecycle;
  const problems: BucketProblem[] = [];
  const problem = (field: string, message: string, got: unknown) =>
    problems.push({ path: ["lifecycle", field], message, got });
  if (expireAfterDays !== undefined && lock && expireAfterDays < lock.days) {
    problem(
      "expireAfterDays",
      `must be at least lock.days (${lock.days}): objects cannot expire earlier`,
      expireAfterDays,
    );
  }
  if (tiering === "automatic") {
    for (const [field, got] of Object.entries({ infrequentAfterDays, archiveAfterDays })) {
      if (got !== undefined) problem(field, 'must be omitted while tiering is "automatic"', got);
    }
    return problems;
  }
  const settled = infrequentAfterDays === undefined ? undefined : infrequentAfterDays + 30;
  if (archiveAfterDays !== undefined && settled !== undefined && archiveAfterDays < settled) {
    problem(
      "archiveAfterDays",
      `must be at least ${settled}: objects stay at least 30 days in a class`,
      archiveAfterDays,
    );
  }
  const moved = Math.max(infrequentAfterDays ?? 0, archiveAfterDays ?? 0);
  if (expireAfterDays !== undefined && moved > 0 && expireAfterDays <= moved) {
    problem(
      "expireAfterDays",
      `must be more than ${moved}, the age of the last transition`,
      expireAfterDays,
    );
  }
  return problems;
}

interface StoreSettings {
  readonly cloud: "aws" | "gcp";
  /** Account or project. */
  readonly owner: string;
  readonly lifetime: "permanent" | "ephemeral";
  readonly peers: Readonly<Record<string, Peer>>;
  readonly buckets: Readonly<Record<string, Pick<BucketSettings, "lock" | "replicateTo">>>;
}

/** Problems of buckets in the context of the environment. Paths are below `buckets`. */
export function storeProblems(store: StoreSettings): BucketProblem[] {
  return Object.entries(store.buckets).flatMap(([key, { lock, replicateTo }]) => {
    const problems: BucketProblem[] = [];
    if (lock?.mode === "compliance" && store.lifetime === "ephemeral") {
      problems.push({
        path: ["buckets", key, "lock", "mode"],
        message: 'must be "governance" in an ephemeral environment, which must be destroyable',
        got: lock.mode,
      });
    }
    if (replicateTo) {
      const message = targetProblem(store, key, replicateTo.cell, lock !== undefined);
      if (message) {
        const path = ["buckets", key, "replicateTo", "cell"];
        problems.push({ path, message, got: replicateTo.cell });
      }
    }
    return problems;
  });
}

function targetProblem(
  { cloud, owner, peers }: StoreSettings,
  key: string,
  cell: string,
  locked: boolean,
): string | undefined {
  const peer = Object.hasOwn(peers, cell) ? peers[cell] : undefined;
  if (!peer) {
    return `must be another cell of the environment${didYouMean(cell, Object.keys(peers))}`;
  }
  if (peer.cloud !== cloud) return `must be a cell on ${cloud}; "${cell}" is on ${peer.cloud}`;
  const kind = cloud === "aws" ? "account" : "project";
  if (peer.owner !== owner) {
    return `must be a cell in the same ${kind} ${owner}; "${cell}" is in ${peer.owner}`;
  }
  const target = Object.hasOwn(peer.buckets, key) ? peer.buckets[key] : undefined;
  if (!target) {
    return `must be a cell with a bucket "${key}"; "${cell}" has ${Object.keys(peer.buckets).join(", ") || "none"}`;
  }
  if (cloud === "aws" && target.locked !== locked) {
    return `must be a cell whose bucket "${key}" is also locked, or neither: S3 replicates locked objects only to locked buckets`;
  }
  if (cloud === "gcp" && target.locked) {
    return `must be a cell whose bucket "${key}" is not locked: replicas could not be replaced there`;
  }
  return undefined;
}
