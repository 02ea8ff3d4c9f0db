/** Access to a cache that can be granted to workloads. Pure. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Statement } from "../core/iam.ts";
import { longestNameOf } from "../core/naming.ts";
import { type AwsGrantee, type GcpRole, oneResource, verbs } from "../section/grant.ts";

const schema = z.strictObject({
  kind: z.literal("cache"),
  name: oneResource(),
  may: verbs(["connect"]),
});

const awsSchema = schema.extend({
  /** The user of the cache to authenticate as, by its key. */
  user: oneResource(),
});

type AwsGrant = z.output<typeof awsSchema>;

/** A cache in AWS IAM policies. */
export interface AwsCacheReference {
  readonly arn: pulumi.Input<string>;
  /** ARN of each user, by its key. */
  readonly userArns: Readonly<Record<string, pulumi.Input<string>>>;
}

export interface GcpCacheReference {
  /** `projects/<project>/locations/<region>/instances/<instance>` */
  readonly instance: pulumi.Input<string>;
}

export const cacheGrant = {
  kind: "cache",
  aws: { schema: awsSchema, statements, missing, longest },
  gcp: { schema, roles, accountOnly: true },
} as const;

/** Both the cache and the user must be named. Source: "Authenticating with IAM", ElastiCache user guide. */
function statements({ user }: AwsGrant, { arn, userArns }: AwsCacheReference): Statement[] {
  const { [user]: userArn } = userArns;
  if (userArn === undefined) return [];
  return [{ sid: "Cache", actions: "elasticache:Connect", resources: [arn, userArn] }];
}

function longest({ user }: AwsGrant, { region, account }: AwsGrantee): AwsCacheReference {
  const named = (kind: string) =>
    `arn:aws:elasticache:${region}:${account}:${kind}:${"c".repeat(longestNameOf("elasticache-group"))}`;
  return { arn: named("replicationgroup"), userArns: { [user]: named("user") } };
}

function missing({ name, user }: AwsGrant, { userArns }: AwsCacheReference): string | undefined {
  return userArns[user] === undefined ? `user "${user}" of cache "${name}"` : undefined;
}

/** Source: "Manage IAM authentication", Memorystore for Valkey. */
function roles(_: z.output<typeof schema>, { instance }: GcpCacheReference): GcpRole[] {
  return [
    {
      key: "connect",
      role: "roles/memorystore.dbConnectionUser",
      on: { kind: "project" },
      condition: {
        title: "one-instance",
        expression: pulumi.interpolate`resource.name == "${instance}"`,
      },
    },
  ];
}
