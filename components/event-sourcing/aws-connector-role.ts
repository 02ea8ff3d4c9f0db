import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument, type Statement, trustPolicy } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { below, clientStatements } from "../stream/aws-access.ts";

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
    const role = new aws.iam.Role(
      this.named(),
      {
        name: nameIn(args.ownership, "iam-role", "outbox"),
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
    const policy = new aws.iam.RolePolicy(
      this.named("policy"),
      {
        name: "outbox",
        role: role.name,
        policy: policyDocument([
          ...clientStatements("outbox", writer(args.topics), args.clusterArn),
          ...ownRecords(args.clusterArn),
          ...secret(args, region),
        ]),
      },
      this.child(),
    );
    this.arn = pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }
}

function writer(topics: readonly string[]) {
  return { produce: [...topics], consume: [], transactional: false };
}

/**
 * Workers store offsets, settings and state in topics that they create themselves. Source of the names: Amazon MSK developer
 * guide, "Understand service execution role".
 */
function ownRecords(clusterArn: pulumi.Input<string>): Statement[] {
  return [
    {
      sid: "OwnTopics",
      actions: [
        "kafka-cluster:CreateTopic",
        "kafka-cluster:DescribeTopic",
        "kafka-cluster:ReadData",
        "kafka-cluster:WriteData",
      ],
      resources: below(clusterArn, "topic", "__amazon_msk_connect_*"),
    },
    {
      sid: "OwnGroups",
      actions: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
      resources: [
        below(clusterArn, "group", "__amazon_msk_connect_*"),
        below(clusterArn, "group", "connect-*"),
      ],
    },
  ];
}

function secret({ secretArn, secretKeyArn }: AwsConnectorRoleArgs, region: string): Statement[] {
  return [
    { sid: "Password", actions: "secretsmanager:GetSecretValue", resources: secretArn },
    {
      sid: "KeyOfThePassword",
      actions: "kms:Decrypt",
      resources: secretKeyArn,
      conditions: {
        StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
      },
    },
  ];
}
