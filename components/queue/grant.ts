/** Grants for queues. Pure. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Statement } from "../core/iam.ts";
import { longestKeyArn } from "../core/kms.ts";
import { longestNameOf } from "../core/naming.ts";
import { type AwsGrantee, type GcpRole, oneResource, verbs } from "../section/grant.ts";

const schema = z.strictObject({
  kind: z.literal("queue"),
  name: oneResource(),
  may: verbs(["send", "consume"]),
});

type Grant = z.output<typeof schema>;
type Verb = Grant["may"][number];

/** The reference to a queue for IAM on AWS. */
export interface AwsQueueReference {
  readonly arn: pulumi.Input<string>;
  /** ARN of its KMS key. */
  readonly keyArn: pulumi.Input<string>;
}

/** The reference to a queue for IAM on Google Cloud. */
export interface GcpQueueReference {
  /** `projects/<project>/topics/<topic>` */
  readonly topic: pulumi.Input<string>;
  /** `projects/<project>/subscriptions/<subscription>` */
  readonly subscription: pulumi.Input<string>;
}

export const queueGrant = {
  kind: "queue",
  aws: {
    schema,
    statements,
    longest: (_: Grant, grantee: AwsGrantee): AwsQueueReference => ({
      arn: `arn:aws:sqs:${grantee.region}:${grantee.account}:${"q".repeat(longestNameOf("sqs-queue"))}`,
      keyArn: longestKeyArn(grantee),
    }),
  },
  gcp: { schema, roles },
} as const;

const actions: Readonly<Record<Verb, readonly string[]>> = {
  send: ["sqs:SendMessage"],
  consume: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
};

/** A producer generates a data key, and SQS decrypts it to verify its integrity. */
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

/** Only Pub/Sub's service agent uses the key, so workloads need no access to it. Source: Pub/Sub documentation, "Access control with IAM". */
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
