/** What workloads can be granted of a topic. Pure. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Statement } from "../core/iam.ts";
import { type AwsGrantee, oneResource, verbs } from "../section/grant.ts";
import { clientStatements } from "./aws-access.ts";

const schema = z.strictObject({
  kind: z.literal("topic"),
  name: oneResource(),
  may: verbs(["consume", "produce"]),
  /** The consumer group, and those whose names go on with a dot. @default the workload's key */
  group: oneResource().optional(),
});

const gcpSchema = schema.superRefine(({ name }, context) => {
  context.addIssue({
    code: "custom",
    path: ["kind"],
    input: "topic",
    message: `must not be a topic on GCP: give the workload \`account: true\` and its account to a client of the stream, whose access lists decide on "${name}"`,
  });
});

type Grant = z.output<typeof schema>;

/** What IAM of AWS needs to know of a topic. */
export interface AwsTopicReference {
  /** `arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>` */
  readonly clusterArn: pulumi.Input<string>;
  /** Its name on the brokers. @default the grant's */
  readonly topic?: string;
}

export const topicGrant = {
  kind: "topic",
  aws: { schema, statements },
  gcp: { schema: gcpSchema, roles: () => [] },
} as const;

function statements(
  { name, may, group }: Grant,
  { clusterArn, topic = name }: AwsTopicReference,
  { workload }: AwsGrantee,
): Statement[] {
  return clientStatements(
    workload,
    {
      produce: may.includes("produce") ? [topic] : [],
      consume: may.includes("consume") ? [topic] : [],
      transactional: false,
      ...(group === undefined ? {} : { group }),
    },
    clusterArn,
  );
}
