/** The key of messages in queues. */
import { useThrough } from "../core/kms.ts";
import type { KeyPurpose } from "../section/key.ts";

export const queueKeyPurpose = {
  purpose: "queues",
  // SQS asks KMS in the name of whoever sends and receives. A service that sends to a queue, such as SNS, would need the key too.
  aws: (place) => [
    useThrough("MessagesThroughSqs", place, ["sqs"], ["kms:Decrypt", "kms:GenerateDataKey"]),
  ],
  gcpService: "pubsub.googleapis.com",
} as const satisfies KeyPurpose;
