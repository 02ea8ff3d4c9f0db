import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { deadLettersSuffix } from "./base-schema.ts";
import type { QueuesContract } from "./contract.ts";
import { GcpQueue } from "./gcp-queue.ts";
import type { GcpQueueSettings } from "./gcp-schema.ts";
import { type GcpQueueSpec, gcpQueueSpec } from "./schema.ts";

export interface GcpQueuesArgs extends ComponentArgs {
  /** `queue` of the cell's manifest with cloud, project, projectNumber and region. */
  readonly spec: z.input<typeof gcpQueueSpec>;
  readonly keys: {
    /** Name of a Cloud KMS key in the region for messages. The project's Pub/Sub service agent must be allowed to use it. */
    readonly data: pulumi.Input<string>;
  };
}

/**
 * The Pub/Sub queues of a cell, each a topic with one pull subscription and a second pair for dead letters, encrypted with a
 * customer-managed key and stored in the cell's region only.
 *
 * @example
 * const queues = new GcpQueues("queues", {
 *   spec: {
 *     cloud: "gcp", project: "acme-prod", projectNumber: "123456789012", region: "europe-west1", queues: { orders: {} },
 *   },
 *   ownership, keys: { data },
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpQueues extends BlueprintComponent implements QueuesContract {
  readonly cloud = "gcp";
  readonly spec: GcpQueueSpec;
  readonly endpoint: string;
  readonly queues: Readonly<Record<string, GcpQueue>>;

  constructor(name: string, args: GcpQueuesArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpQueueSpec, args.spec, `queues "${name}"`);
    super("queue", "GcpQueues", name, args, { spec }, opts);
    this.spec = spec;
    // The global host can route a request to another region, which the storage policy refuses.
    this.endpoint = `${spec.region}-pubsub.googleapis.com`;
    this.queues = Object.fromEntries(
      Object.entries(spec.queues).map(([key, settings]) => [key, this.#queue(args, key, settings)]),
    );
    this.registerOutputs({
      endpoint: this.endpoint,
      topics: Object.fromEntries(
        Object.entries(this.queues).map(([key, { sendTo }]) => [key, sendTo]),
      ),
    });
  }

  #queue({ ownership, keys }: GcpQueuesArgs, key: string, settings: GcpQueueSettings): GcpQueue {
    const { project, projectNumber, region } = this.spec;
    return new GcpQueue(
      this.named(key),
      {
        ownership,
        retain: this.retain,
        names: {
          queue: nameIn(ownership, "pubsub", "queue", key),
          deadLetters: nameIn(ownership, "pubsub", "queue", key, deadLettersSuffix),
        },
        project,
        projectNumber,
        region,
        settings,
        keyName: keys.data,
      },
      this.child(),
    );
  }
}
