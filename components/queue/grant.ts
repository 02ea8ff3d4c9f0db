/** What workloads can be granted of a queue. Pure. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Statement } from "../core/iam.ts";
import { type AwsGrantee, type GcpRole, oneResource, verbs } from "../section/grant.ts";

const schema = z.strictObject({
  kind: z.literal("queue"),
  name: oneResource(),
  may: verbs(["send", "consume"]),
});

type Grant = z.output<typeof schema>;
type Verb = Grant["may"][number];

/** What IAM of AWS needs to know of a queue. */
export interface AwsQueueReference {
  readonly arn: pulumi.Input<string>;
  /** The key that its messages are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
}

/** What IAM of Google Cloud needs to know of a queue. */
export interface GcpQueueReference {
  /** `projects/<project>/topics/<topic>` */
  readonly topic: pulumi.Input<string>;
  /** `projects/<project>/subscriptions/<subscription>` */
  readonly subscription: pulumi.Input<string>;
}

export const queueGrant = {
  kind: "queue",
  aws: { schema, statements },
  gcp: { schema, roles },
} as const;

const actions: Readonly<Record<Verb, readonly string[]>> = {
  send: ["sqs:SendMessage"],
  consume: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
};

/** SQS makes a data key for whoever sends, and decrypts it again to check it. */
const keyActions: Readonly<Record<Verb, readonly string[]>> = {
  send: ["kms:Decrypt", "kms:GenerateDataKey"],
  consume: ["kms:Decrypt"],
};

/**
 * Sources: "Actions, resources, and condition keys for Amazon SQS"; Amazon SQS developer guide, "Key management".
 */
function statements(
  { may }: Grant,
  { arn, keyArn }: AwsQueueReference,
  { region }: Pick<AwsGrantee, "region">,
): Statement[] {
  const of = (table: typeof actions) => [...new Set(may.flatMap((verb) => table[verb]))].sort();
  return [
    {
      sid: "Queue",
      actions: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", ...of(actions)],
      resources: arn,
    },
    {
      sid: "QueueKey",
      actions: of(keyActions),
      resources: keyArn,
      conditions: { StringEquals: { "kms:ViaService": `sqs.${region}.amazonaws.com` } },
    },
  ];
}

/** Pub/Sub's agent uses the key, so nobody else needs it. Source: Pub/Sub documentation, "Access control with IAM". */
function roles({ may }: Grant, { topic, subscription }: GcpQueueReference): GcpRole[] {
  return may.map((verb) =>
    verb === "send"
      ? {
          key: verb,
          role: "roles/pubsub.publisher",
          on: {
            kind: "other",
            type: "gcp:pubsub/topicIAMMember:TopicIAMMember",
            inputs: { topic },
          },
        }
      : {
          key: verb,
          role: "roles/pubsub.subscriber",
          on: {
            kind: "other",
            type: "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember",
            inputs: { subscription },
          },
        },
  );
}
