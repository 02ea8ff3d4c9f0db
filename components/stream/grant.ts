/** Grants for topics. Pure. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Statement } from "../core/iam.ts";
import { type AwsGrantee, oneResource, verbs } from "../section/grant.ts";
import { clientStatements, longestClusterArn } from "./aws-access.ts";

const schema = z.strictObject({
  kind: z.literal("topic"),
  name: oneResource(),
  may: verbs(["consume", "produce"]),
  /** The consumer group, and groups with this name and a dot as prefix. @default the workload's key */
  group: oneResource().optional(),
});

const gcpSchema = schema.superRefine(({ name }, context) => {
  context.addIssue({
    code: "custom",
    path: ["kind"],
    input: "topic",
    message: `must not be a topic on GCP: set \`account: true\` for the workload and use its account for a client of the stream, whose ACLs control access to "${name}"`,
  });
});

type Grant = z.output<typeof schema>;

/** The reference to a topic for IAM on AWS. */
export interface AwsTopicReference {
  /** `arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>` */
  readonly clusterArn: pulumi.Input<string>;
  /** The topic name. @default the name of the grant */
  readonly topic?: string;
}

export const topicGrant = {
  kind: "topic",
  aws: {
    schema,
    statements,
    longest: (_: Grant, grantee: AwsGrantee): AwsTopicReference => ({
      clusterArn: longestClusterArn(grantee),
    }),
  },
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
