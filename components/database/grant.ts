/** Access to a database that can be granted to workloads. Pure. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { joined, type Statement } from "../core/iam.ts";
import { type AwsGrantee, type GcpRole, oneResource, verbs } from "../section/grant.ts";

const schema = z.strictObject({
  kind: z.literal("database"),
  name: oneResource(),
  may: verbs(["connect"]),
});

/** A PostgreSQL user other than the master user, which uses a password. */
const databaseUser = z.string().regex(/^[a-z_][a-z0-9_-]{0,62}$/, {
  error: "must be one user: lower case letters, digits, underscores and hyphens",
});

const awsSchema = schema.extend({
  /** The PostgreSQL user to authenticate as. */
  user: databaseUser,
});

/** A database in AWS IAM policies. */
export interface AwsDatabaseReference {
  /** `cluster-...` of an Aurora cluster, or `prx-...` of the proxy in front of it. */
  readonly resourceId: pulumi.Input<string>;
  /** `cluster-...` when clients read from the cluster's readers, without the proxy. @default none */
  readonly clusterResourceId?: pulumi.Input<string>;
}

export interface GcpDatabaseReference {
  /** The instance's name, without its project. */
  readonly instance: pulumi.Input<string>;
}

export const databaseGrant = {
  kind: "database",
  aws: {
    schema: awsSchema,
    statements,
    // `cluster-` and 26 characters.
    longest: (): AwsDatabaseReference => ({
      resourceId: "c".repeat(34),
      clusterResourceId: "c".repeat(34),
    }),
  },
  gcp: {
    schema,
    roles,
    accountOnly: true,
    sqlInstance: ({ instance }: GcpDatabaseReference) => instance,
  },
} as const;

/** Source: "Creating and using an IAM policy for IAM database access", Aurora user guide. */
function statements(
  { user }: z.output<typeof awsSchema>,
  { resourceId, clusterResourceId }: AwsDatabaseReference,
  { account, region }: AwsGrantee,
): Statement[] {
  const at = (id: pulumi.Input<string>) =>
    joined(`arn:aws:rds-db:${region}:${account}:dbuser:`, id, `/${user}`);
  return [
    {
      sid: "Database",
      actions: "rds-db:connect",
      resources:
        clusterResourceId === undefined ? at(resourceId) : [at(resourceId), at(clusterResourceId)],
    },
  ];
}

/** Roles are granted on the project; the condition restricts them to one instance. Source: "Use IAM Conditions", Cloud SQL. */
function roles(
  _: z.output<typeof schema>,
  { instance }: GcpDatabaseReference,
  { project }: { readonly project: string },
): GcpRole[] {
  const condition = {
    title: "one-instance",
    expression: pulumi.interpolate`resource.name == "projects/${project}/instances/${instance}" && resource.service == "sqladmin.googleapis.com"`,
  };
  return [
    { key: "connect", role: "roles/cloudsql.client", on: { kind: "project" }, condition },
    { key: "sign-in", role: "roles/cloudsql.instanceUser", on: { kind: "project" }, condition },
  ];
}
