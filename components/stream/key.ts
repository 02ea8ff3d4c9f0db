/** The key of records on brokers' disks and in tiered storage. */
import { grantsThrough, useThrough } from "../core/kms.ts";
import type { KeyPurpose } from "../section/key.ts";

export const streamKey = {
  purpose: "streams",
  // MSK encrypts by grants of whoever creates the cluster.
  aws: (place) => [
    useThrough("RecordsThroughMsk", place, ["kafka"]),
    grantsThrough("GrantsThroughMsk", place, ["kafka"]),
  ],
  gcpService: "managedkafka.googleapis.com",
} as const satisfies KeyPurpose;
