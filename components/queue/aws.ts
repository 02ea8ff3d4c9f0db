import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { AwsQueue } from "./aws-queue.ts";
import type { AwsQueueSettings } from "./aws-schema.ts";
import { deadLettersSuffix } from "./base-schema.ts";
import type { QueuesContract } from "./contract.ts";
import { type AwsQueueSpec, awsQueueSpec } from "./schema.ts";

export interface AwsQueuesArgs extends ComponentArgs {
  /** `queue` of the cell's manifest with cloud, account and region. */
  readonly spec: z.input<typeof awsQueueSpec>;
  readonly keys: {
    /** ARN of the customer-managed key for messages. The key policy must allow the account to use it through SQS. */
    readonly data: pulumi.Input<string>;
  };
}

/**
 * The SQS queues of a cell, each with its dead-letter queue, encrypted with a customer-managed key.
 *
 * @example
 * const queues = new AwsQueues("queues", {
 *   spec: { cloud: "aws", account: "111122223333", region: "us-east-1", queues: { orders: {} } }, ownership, keys: { data },
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsQueues extends BlueprintComponent implements QueuesContract {
  readonly cloud = "aws";
  readonly spec: AwsQueueSpec;
  readonly endpoint: string;
  readonly queues: Readonly<Record<string, AwsQueue>>;

  constructor(name: string, args: AwsQueuesArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsQueueSpec, args.spec, `queues "${name}"`);
    super("queue", "AwsQueues", name, args, { spec }, opts);
    this.spec = spec;
    this.endpoint = `sqs.${spec.region}.amazonaws.com`;
    this.queues = Object.fromEntries(
      Object.entries(spec.queues).map(([key, settings]) => [key, this.#queue(args, key, settings)]),
    );
    this.registerOutputs({
      endpoint: this.endpoint,
      urls: Object.fromEntries(
        Object.entries(this.queues).map(([key, { sendTo }]) => [key, sendTo]),
      ),
    });
  }

  #queue({ ownership, keys }: AwsQueuesArgs, key: string, settings: AwsQueueSettings): AwsQueue {
    const kind = settings.type === "fifo" ? "sqs-fifo-queue" : "sqs-queue";
    return new AwsQueue(
      this.named(key),
      {
        ownership,
        retain: this.retain,
        names: {
          queue: nameIn(ownership, kind, "queue", key),
          deadLetters: nameIn(ownership, kind, "queue", key, deadLettersSuffix),
        },
        settings,
        keyArn: keys.data,
        dataKeyReuse: this.spec.dataKeyReuse,
      },
      this.child(),
    );
  }
}
