import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { googleDuration, seconds } from "../core/units.ts";
import { deadLettersSuffix, type QueueType } from "./base-schema.ts";
import type { QueueContract } from "./contract.ts";
import type { GcpQueueSettings } from "./gcp-schema.ts";

export interface GcpQueueArgs extends ComponentArgs {
  /** Physical names; a topic and its subscription share one. */
  readonly names: { readonly queue: string; readonly deadLetters: string };
  readonly project: string;
  readonly projectNumber: string;
  /** The only region that stores messages and accepts requests for them. */
  readonly region: string;
  readonly settings: GcpQueueSettings;
  /** The key that messages and dead letters are encrypted with. */
  readonly keyName: pulumi.Input<string>;
}

/** Where messages are published and received. */
interface Channel {
  readonly topic: gcp.pubsub.Topic;
  readonly subscription: gcp.pubsub.Subscription;
}

/** A Pub/Sub topic with one pull subscription, and a second pair that keeps the dead letters. */
export class GcpQueue extends BlueprintComponent implements QueueContract {
  readonly type: QueueType;
  readonly sendTo: pulumi.Output<string>;
  readonly receiveFrom: pulumi.Output<string>;
  readonly deadLetters: pulumi.Output<string>;
  /** `projects/<project>/topics/<topic>` that dead letters are published to. */
  readonly deadLettersTopic: pulumi.Output<string>;

  constructor(name: string, args: GcpQueueArgs, opts?: pulumi.ComponentResourceOptions) {
    const { names, settings } = args;
    super("queue", "GcpQueue", name, args, { names, settings }, opts);
    const { retention, ackDeadline, exactlyOnce, retry, deadLetters: dead } = settings;
    const deadLetters = this.#channel(args, names.deadLetters, deadLettersSuffix, {
      messageRetentionDuration: googleDuration(dead.retention),
    });
    const queue = this.#channel(
      args,
      names.queue,
      undefined,
      {
        messageRetentionDuration: googleDuration(retention),
        ackDeadlineSeconds: seconds(ackDeadline),
        enableExactlyOnceDelivery: exactlyOnce,
        retryPolicy: {
          minimumBackoff: googleDuration(retry.minimumBackoff),
          maximumBackoff: googleDuration(retry.maximumBackoff),
        },
        deadLetterPolicy: {
          deadLetterTopic: deadLetters.topic.id,
          maxDeliveryAttempts: dead.attempts,
        },
      },
      // A topic without a subscription loses messages.
      [deadLetters.subscription],
    );
    this.#letAgentMove(args, queue, deadLetters);
    this.type = settings.type;
    this.sendTo = queue.topic.id;
    this.receiveFrom = queue.subscription.id;
    this.deadLetters = deadLetters.subscription.id;
    this.deadLettersTopic = deadLetters.topic.id;
    this.registerOutputs({
      sendTo: this.sendTo,
      receiveFrom: this.receiveFrom,
      deadLetters: this.deadLetters,
    });
  }

  #channel(
    { project, region, settings, keyName }: GcpQueueArgs,
    name: string,
    key: string | undefined,
    args: Omit<gcp.pubsub.SubscriptionArgs, "topic">,
    dependsOn: pulumi.Resource[] = [],
  ): Channel {
    const deletionPolicy = this.retain ? "PREVENT" : "DELETE";
    const topic = new gcp.pubsub.Topic(
      this.named(key),
      {
        project,
        name,
        kmsKeyName: keyName,
        messageStoragePolicy: { allowedPersistenceRegions: [region], enforceInTransit: true },
        deletionPolicy,
      },
      this.stateful(),
    );
    const subscription = new gcp.pubsub.Subscription(
      this.named(key === undefined ? "subscription" : `${key}-subscription`),
      {
        project,
        name,
        topic: topic.id,
        enableMessageOrdering: settings.type === "fifo",
        // Without it, a subscription that is not used for 31 days is deleted with all its messages.
        expirationPolicy: { ttl: "" },
        deletionPolicy,
        ...args,
      },
      this.stateful({ dependsOn }),
    );
    return { topic, subscription };
  }

  /** To move a dead letter, the agent publishes it to one topic and acknowledges it on the subscription that it came from. */
  #letAgentMove(
    { project, projectNumber }: GcpQueueArgs,
    queue: Channel,
    deadLetters: Channel,
  ): void {
    const member = pubsubAgent(projectNumber);
    new gcp.pubsub.TopicIAMMember(
      this.named(`${deadLettersSuffix}-from`),
      { project, topic: deadLetters.topic.name, role: "roles/pubsub.publisher", member },
      this.child(),
    );
    new gcp.pubsub.SubscriptionIAMMember(
      this.named("redrive"),
      { project, subscription: queue.subscription.name, role: "roles/pubsub.subscriber", member },
      this.child(),
    );
  }
}

/** The Pub/Sub service agent of a project, which encrypts messages and moves dead letters. */
export function pubsubAgent(projectNumber: string): string {
  return `serviceAccount:service-${projectNumber}@gcp-sa-pubsub.iam.gserviceaccount.com`;
}
