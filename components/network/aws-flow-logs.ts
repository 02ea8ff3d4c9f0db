import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent } from "../core/component.ts";
import { policyDocument } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import type { AwsNetworkPart } from "./aws-part.ts";
import { flowLogStatements, flowLogTrust } from "./flow-log-policies.ts";

export interface AwsFlowLogsArgs extends AwsNetworkPart {
  readonly keyArn: pulumi.Input<string>;
}

/**
 * The fields of a record. In addition to the defaults: pod addresses behind a node's address (`pkt-*`), TCP flags, flow direction and
 * traffic path.
 */
const fields = [
  "version",
  "account-id",
  "interface-id",
  "srcaddr",
  "dstaddr",
  "srcport",
  "dstport",
  "protocol",
  "packets",
  "bytes",
  "start",
  "end",
  "action",
  "log-status",
  "vpc-id",
  "subnet-id",
  "instance-id",
  "tcp-flags",
  "pkt-srcaddr",
  "pkt-dstaddr",
  "az-id",
  "flow-direction",
  "traffic-path",
];

/** Flow logs of all traffic in the VPC, accepted and rejected, with one-minute aggregation in an encrypted log group. */
export class AwsFlowLogs extends BlueprintComponent {
  constructor(name: string, args: AwsFlowLogsArgs, opts: pulumi.ComponentResourceOptions) {
    super("network", "AwsFlowLogs", name, args, {}, opts);
    const group = new aws.cloudwatch.LogGroup(
      this.named(),
      {
        name: nameIn(args.ownership, "log-group", "vpc-flow-logs"),
        kmsKeyId: args.keyArn,
        retentionInDays: args.spec.flowLogs.retentionDays,
      },
      this.stateful(),
    );
    const { role, policy } = this.#role(args, group);
    new aws.ec2.FlowLog(
      this.named("log"),
      {
        vpcId: args.vpcId,
        trafficType: "ALL",
        maxAggregationInterval: 60,
        logDestinationType: "cloud-watch-logs",
        logDestination: group.arn,
        iamRoleArn: role.arn,
        logFormat: fields.map((field) => `\${${field}}`).join(" "),
        tags: { Name: nameIn(args.ownership, "aws-name-tag", "flow-logs") },
      },
      // Without its policy the role delivers nothing, which only a status field shows.
      this.child({ dependsOn: policy }),
    );
    this.registerOutputs({ logGroupArn: group.arn });
  }

  #role({ ownership, spec }: AwsFlowLogsArgs, group: aws.cloudwatch.LogGroup) {
    const role = new aws.iam.Role(
      this.named("role"),
      {
        name: nameIn(ownership, "iam-role", "flow-logs"),
        description: "Writes VPC flow logs into their log group",
        assumeRolePolicy: flowLogTrust(spec),
      },
      this.child(),
    );
    const policy = new aws.iam.RolePolicy(
      this.named("role-policy"),
      {
        name: "write-flow-logs",
        role: role.name,
        policy: policyDocument(flowLogStatements(group.arn, spec)),
      },
      this.child(),
    );
    return { role, policy };
  }
}
