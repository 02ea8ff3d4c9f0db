/** The purpose of the key for messages in queues. */
import { useThrough } from "../core/kms.ts";
import type { KeyPurpose } from "../section/key.ts";

export const queueKeyPurpose = {
  purpose: "queues",
  // SQS calls KMS on behalf of the sender or receiver. A service that sends to a queue, such as SNS, would also need the key.
  aws: (place) => [
    useThrough("MessagesThroughSqs", place, ["sqs"], ["kms:Decrypt", "kms:GenerateDataKey"]),
  ],
  gcpService: "pubsub.googleapis.com",
} as const satisfies KeyPurpose;
