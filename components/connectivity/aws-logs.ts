import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { flowLogStatements, flowLogTrust } from "../network/flow-log-policies.ts";
import type { AwsHub } from "./hubs.ts";

export interface AwsHubLogsArgs extends ComponentArgs {
  readonly hub: AwsHub;
  readonly transitGatewayId: pulumi.Input<string>;
  /** ARN of the key that the logs are encrypted with. Its policy has to let CloudWatch Logs use it. */
  readonly keyArn: pulumi.Input<string>;
  readonly retentionDays: number;
}

/** What flows through a Transit Gateway and what its tunnels say, in two encrypted log groups. */
export class AwsHubLogs extends BlueprintComponent {
  /** Where tunnels write. It stands ready: who may write into it is settled. */
  readonly tunnelGroupArn: pulumi.Output<string>;

  constructor(name: string, args: AwsHubLogsArgs, opts: pulumi.ComponentResourceOptions) {
    super("connectivity", "AwsHubLogs", name, args, {}, opts);
    this.#flows(args);
    this.tunnelGroupArn = this.#tunnels(args);
    this.registerOutputs({ tunnelGroupArn: this.tunnelGroupArn });
  }

  #flows(args: AwsHubLogsArgs): void {
    const group = this.#group(args, "transit-flow-logs");
    const { role, policy } = this.#role(args, group);
    new aws.ec2.FlowLog(
      this.named("flows"),
      {
        transitGatewayId: args.transitGatewayId,
        // The only interval that a Transit Gateway takes; it has no traffic type, because it refuses nothing.
        maxAggregationInterval: 60,
        logDestinationType: "cloud-watch-logs",
        logDestination: group.arn,
        iamRoleArn: role.arn,
        tags: { Name: nameIn(args.ownership, "aws-name-tag", "transit-flow-logs") },
      },
      // Without its policy the role delivers nothing, and AWS says so only in a status field.
      this.child({ dependsOn: policy }),
    );
  }

  /** Tunnels write through the log delivery of CloudWatch, which is let in for this account alone. */
  #tunnels(args: AwsHubLogsArgs): pulumi.Output<string> {
    const { account, region } = args.hub;
    const group = this.#group(args, "vpn");
    const policy = new aws.cloudwatch.LogResourcePolicy(
      this.named("vpn-delivery"),
      {
        policyName: nameIn(args.ownership, "iam-policy", "vpn-logs"),
        policyDocument: policyDocument([
          {
            sid: "TunnelsWrite",
            principals: { services: "delivery.logs.amazonaws.com" },
            actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
            resources: pulumi.interpolate`${group.arn}:log-stream:*`,
            conditions: {
              StringEquals: { "aws:SourceAccount": account },
              ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:${account}:*` },
            },
          },
        ]),
      },
      this.child(),
    );
    return pulumi.all([group.arn, policy.id]).apply(([arn]) => arn);
  }

  #group({ ownership, keyArn, retentionDays }: AwsHubLogsArgs, key: string) {
    return new aws.cloudwatch.LogGroup(
      this.named(key),
      {
        name: nameIn(ownership, "log-group", key),
        kmsKeyId: keyArn,
        retentionInDays: retentionDays,
      },
      this.stateful(),
    );
  }

  #role({ ownership, hub }: AwsHubLogsArgs, group: aws.cloudwatch.LogGroup) {
    const role = new aws.iam.Role(
      this.named("role"),
      {
        // Roles are the account's, and there may be hubs in several of its regions.
        name: nameIn(ownership, "iam-role", "transit-flow-logs", hub.region),
        description: "Writes flow logs of the Transit Gateway into their log group",
        assumeRolePolicy: flowLogTrust(hub),
      },
      this.child(),
    );
    const policy = new aws.iam.RolePolicy(
      this.named("role-policy"),
      {
        name: "write-flow-logs",
        role: role.name,
        policy: policyDocument(flowLogStatements(group.arn, hub)),
      },
      this.child(),
    );
    return { role, policy };
  }
}
