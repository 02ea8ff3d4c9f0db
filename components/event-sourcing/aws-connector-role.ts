import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { grantRole } from "../core/aws-role-policies.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { trustPolicy } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { dividedPolicies } from "../core/role-policies.ts";
import { connectorStatements, longestArgs } from "./aws-connector-policy.ts";

export interface AwsConnectorRoleArgs extends ComponentArgs {
  readonly place: { readonly account: string; readonly region: string };
  /** Name of the connector that may assume the role. */
  readonly connector: string;
  readonly clusterArn: pulumi.Input<string>;
  /** Topics that it writes to. */
  readonly topics: readonly string[];
  /** Secret with the password of the database. */
  readonly secretArn: pulumi.Input<string>;
  /** Customer-managed key of that secret. */
  readonly secretKeyArn: pulumi.Input<string>;
}

/** The role of the connector's worker: it writes events, stores its own state in the cluster, and reads one secret. */
export class AwsConnectorRole extends BlueprintComponent {
  /** Known after the role has its permissions. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AwsConnectorRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("event-sourcing", "AwsConnectorRole", name, args, { connector: args.connector }, opts);
    const { account, region } = args.place;
    const roleName = nameIn(args.ownership, "iam-role", "outbox");
    const role = new aws.iam.Role(
      this.named(),
      {
        name: roleName,
        description: "Moves events from the outbox into the stream",
        assumeRolePolicy: trustPolicy("kafkaconnect.amazonaws.com", {
          conditions: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: {
              "aws:SourceArn": `arn:aws:kafkaconnect:${region}:${account}:connector/${args.connector}/*`,
            },
          },
        }),
      },
      this.child(),
    );
    const policy = grantRole(
      role,
      dividedPolicies(connectorStatements(args), connectorStatements(longestArgs(args))),
      { resource: this.named("policy"), inline: "outbox", role: roleName },
      this.child(),
    );
    this.arn = pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }
}
