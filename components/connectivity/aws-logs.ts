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
  /** ARN of the key that encrypts the logs. Its policy must allow CloudWatch Logs to use it. */
  readonly keyArn: pulumi.Input<string>;
  readonly retentionDays: number;
}

/** Flow logs of a Transit Gateway and logs of its tunnels, in two encrypted log groups. */
export class AwsHubLogs extends BlueprintComponent {
  /** The log group of the tunnels, known after its resource policy is created. */
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
        // The only interval that a Transit Gateway supports; it has no traffic type, because it rejects nothing.
        maxAggregationInterval: 60,
        logDestinationType: "cloud-watch-logs",
        logDestination: group.arn,
        iamRoleArn: role.arn,
        tags: { Name: nameIn(args.ownership, "aws-name-tag", "transit-flow-logs") },
      },
      // Without its policy the role cannot deliver logs, and AWS reports that only in a status field.
      this.child({ dependsOn: policy }),
    );
  }

  /** Tunnels write through CloudWatch log delivery, which is allowed for this account only. */
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
        // Roles are global in an account, which may have hubs in several regions.
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
