import type * as pulumi from "@pulumi/pulumi";
import type { QueueType } from "./base-schema.ts";

/** The common interface of a queue on every cloud. */
export interface QueueContract {
  /** `fifo` keeps the order of messages of the same message group (SQS) or ordering key (Pub/Sub). */
  readonly type: QueueType;
  /** What producers send to: the URL of the queue on AWS, `projects/<project>/topics/<topic>` on GCP. */
  readonly sendTo: pulumi.Output<string>;
  /** What consumers receive from: the same URL on AWS, `projects/<project>/subscriptions/<subscription>` on GCP. */
  readonly receiveFrom: pulumi.Output<string>;
  /** What dead letters are received from: a URL on AWS, a subscription on GCP. */
  readonly deadLetters: pulumi.Output<string>;
}

/** The common interface of the queues on every cloud. */
export interface QueuesContract {
  readonly cloud: "aws" | "gcp";
  /** Host of the service in the cell's region that clients call. */
  readonly endpoint: string;
  /** By key in the manifest. */
  readonly queues: Readonly<Record<string, QueueContract>>;
}
