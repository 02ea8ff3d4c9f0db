import { z } from "zod";
import { didYouMean } from "../core/suggest.ts";

/** The bucket that the requests to all others are logged to. */
export const accessLogsKey = "access-logs";

/** The key of a bucket: a part of its name, and of the names of its resources. */
export function bucketKey() {
  return z
    .string()
    .regex(/^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/, {
      error: "must be a key of 1 to 30 lower case letters, digits and hyphens",
    })
    .refine((key) => key !== accessLogsKey, {
      error: `must not be "${accessLogsKey}", which is the store's own`,
    });
}

const daysCount = (least: number) => z.int().min(least).max(36_500);

/** When objects move and go. Classes are those that answer at once: nothing has to be restored before it is read. */
const lifecycle = z.strictObject({
  /** Days until objects move to a class for what is rarely read; S3 takes no less than 30. @default never */
  infrequentAfterDays: daysCount(30).optional(),
  /** Days until objects move to the class for what is hardly ever read. @default never */
  archiveAfterDays: daysCount(30).optional(),
  /** Days until objects are deleted. @default never */
  expireAfterDays: daysCount(1).optional(),
  /** Days that a replaced or deleted version can still be brought back. @default 30 */
  oldVersionsDays: daysCount(1).default(30),
  /** Days until parts of uploads that were never completed go. @default 7 */
  abortUploadsAfterDays: daysCount(1).default(7),
});

/** What every bucket can be told, on AWS and GCP. */
export const bucketFields = {
  /** `automatic` moves objects by how they are read, for a fee an object; then no ages are given. @default "by-age" */
  tiering: z.enum(["by-age", "automatic"]).default("by-age"),
  lifecycle: lifecycle.prefault({}),
  /** Nobody can delete or replace an object before its time. @default none */
  lock: z
    .strictObject({
      /** `governance` can be lifted by whoever has the permission, `compliance` by nobody at all. */
      mode: z.enum(["governance", "compliance"]),
      /** Days that each object is kept at least. */
      days: daysCount(1),
    })
    .optional(),
};

/** A cell of the same environment and cloud that has a bucket under the same key. */
export const replicationCell = z.string().min(1);

/** What a store is told of the other cells of its environment. */
export const peerCell = z.strictObject({
  cloud: z.enum(["aws", "gcp", "onprem"]),
  /** Account or project. */
  owner: z.string(),
  region: z.string(),
  /** The keys of its buckets, and whether they are locked. */
  buckets: z.record(z.string(), z.strictObject({ locked: z.boolean() })),
});

export type Peer = z.output<typeof peerCell>;

/** What every store is told beside its buckets. */
export const storeFacts = {
  region: z.string().min(1),
  /** Whether the environment has to be destroyable in one go. @default "permanent" */
  lifetime: z.enum(["permanent", "ephemeral"]).default("permanent"),
  /** The other cells of the environment, by name. @default {} */
  peers: z.record(z.string(), peerCell).default({}),
};

type BucketSettings = z.output<z.ZodObject<typeof bucketFields>> & {
  readonly replicateTo?: { readonly cell: string } | undefined;
};

/** A problem, below the bucket it is of. */
export interface BucketProblem {
  readonly path: readonly string[];
  readonly message: string;
  readonly got: unknown;
}

/** Ages that follow each other, and tiers that are either chosen or left to the cloud. */
export function bucketProblems({ tiering, lifecycle, lock }: BucketSettings): BucketProblem[] {
  const { infrequentAfterDays, archiveAfterDays, expireAfterDays } = lifecycle;
  const problems: BucketProblem[] = [];
  const problem = (field: string, message: string, got: unknown) =>
    problems.push({ path: ["lifecycle", field], message, got });
  if (expireAfterDays !== undefined && lock && expireAfterDays < lock.days) {
    problem(
      "expireAfterDays",
      `must be at least lock.days (${lock.days}): nothing goes before`,
      expireAfterDays,
    );
  }
  if (tiering === "automatic") {
    for (const [field, got] of Object.entries({ infrequentAfterDays, archiveAfterDays })) {
      if (got !== undefined) problem(field, 'must be left out while tiering is "automatic"', got);
    }
    return problems;
  }
  const settled = infrequentAfterDays === undefined ? undefined : infrequentAfterDays + 30;
  if (archiveAfterDays !== undefined && settled !== undefined && archiveAfterDays < settled) {
    problem(
      "archiveAfterDays",
      `must be at least ${settled}: objects stay 30 days in a class`,
      archiveAfterDays,
    );
  }
  const moved = Math.max(infrequentAfterDays ?? 0, archiveAfterDays ?? 0);
  if (expireAfterDays !== undefined && moved > 0 && expireAfterDays <= moved) {
    problem(
      "expireAfterDays",
      `must be more than ${moved}, when objects last move`,
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

/** Problems of buckets that only show beside the rest of the environment: each with its path from `buckets` on. */
export function storeProblems(store: StoreSettings): BucketProblem[] {
  return Object.entries(store.buckets).flatMap(([key, { lock, replicateTo }]) => {
    const problems: BucketProblem[] = [];
    if (lock?.mode === "compliance" && store.lifetime === "ephemeral") {
      problems.push({
        path: ["buckets", key, "lock", "mode"],
        message: 'must be "governance" in an ephemeral environment, which has to be destroyable',
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
    return `must be a cell of the same ${kind} ${owner}; "${cell}" is in ${peer.owner}`;
  }
  const target = Object.hasOwn(peer.buckets, key) ? peer.buckets[key] : undefined;
  if (!target) {
    return `must be a cell with a bucket "${key}"; "${cell}" has ${Object.keys(peer.buckets).join(", ") || "none"}`;
  }
  if (cloud === "aws" && target.locked !== locked) {
    return `must be a cell whose bucket "${key}" is locked too, or neither may be: S3 copies locked objects only to locked buckets`;
  }
  if (cloud === "gcp" && target.locked) {
    return `must be a cell whose bucket "${key}" is not locked: copies could not be replaced there`;
  }
  return undefined;
}
