/** The purpose of the key for records on disks and in tiered storage. */
import { grantsThrough, useThrough } from "../core/kms.ts";
import type { KeyPurpose } from "../section/key.ts";

export const streamKey = {
  purpose: "streams",
  // MSK uses grants of the principal that creates the cluster.
  aws: (place) => [
    useThrough("RecordsThroughMsk", place, ["kafka"]),
    grantsThrough("GrantsThroughMsk", place, ["kafka"]),
  ],
  gcpService: "managedkafka.googleapis.com",
} as const satisfies KeyPurpose;
