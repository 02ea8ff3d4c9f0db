/** What changes of an object store's settings do to deployed buckets. */
import {
  type Changes,
  entriesOf,
  type Holder,
  inPlace,
  losesBelow,
  never,
  replaces,
  upwards,
} from "../section/changes.ts";

const bucket = "the bucket with its objects";

const common: Changes = {
  ...entriesOf(bucket, "buckets"),
  ...inPlace("buckets.*.tiering", "buckets.*.replicateTo"),
  ...inPlace(
    "buckets.*.lifecycle.infrequentAfterDays",
    "buckets.*.lifecycle.archiveAfterDays",
    "buckets.*.lifecycle.abortUploadsAfterDays",
  ),
  ...losesBelow(
    "objects and versions that are older",
    "buckets.*.lifecycle.expireAfterDays",
    "buckets.*.lifecycle.oldVersionsDays",
  ),
  ...replaces(bucket, "buckets.*.existing"),
  ...inPlace("buckets.*.existing.name"),
  ...losesBelow("older access logs", "accessLogs.retentionDays"),
};

function isCompliant({ mode }: Holder): boolean {
  return mode === "compliance";
}

const lock: Changes = {
  ...upwards(
    {
      source: "a compliance lock cannot be weakened",
      instead: "keep the mode: objects under a compliance lock stay until their retention ends",
      order: ["governance", "compliance"],
    },
    "buckets.*.lock.mode",
  ),
  ...upwards(
    {
      source: "a compliance lock cannot be shortened; S3 would only apply it to new objects",
      instead: "keep the days, or increase them",
      accepts: (before) => !isCompliant(before),
    },
    "buckets.*.lock.days",
  ),
};

export const objectStoreChanges = {
  aws: {
    ...common,
    ...lock,
    ...replaces(bucket, "buckets.*.lock"),
    ...inPlace("buckets.*.existing.keyArn"),
  },
  gcp: {
    ...common,
    ...lock,
    ...never(
      {
        source: "Cloud Storage, Bucket Lock: a locked policy cannot be removed",
        instead: "keep the lock",
        accepts: ({ lock: before }) => before === undefined || !isCompliant(before as Holder),
      },
      "buckets.*.lock",
    ),
    ...losesBelow("objects that were deleted earlier", "buckets.*.softDeleteDays"),
  },
  onprem: inPlace("endpoint", "region", "pathStyle", "credentials", "buckets"),
} as const satisfies Readonly<Record<string, Changes>>;
