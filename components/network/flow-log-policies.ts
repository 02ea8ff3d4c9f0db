/** Policies of the role that delivers flow logs of a VPC or a Transit Gateway to a log group. */
import * as pulumi from "@pulumi/pulumi";
import { type Statement, trustPolicy } from "../core/iam.ts";

/** Account and region of the flow logs. */
export interface FlowLogPlace {
  readonly account: string;
  readonly region: string;
}

/** Allows the service to assume the role, for flow logs of this account and region only. */
export function flowLogTrust({ account, region }: FlowLogPlace) {
  return trustPolicy("vpc-flow-logs.amazonaws.com", {
    conditions: {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:aws:ec2:${region}:${account}:vpc-flow-log/*` },
    },
  });
}

/** Allows writes to this log group only. */
export function flowLogStatements(
  groupArn: pulumi.Input<string>,
  { account, region }: FlowLogPlace,
): Statement[] {
  return [
    {
      sid: "WriteIntoTheGroup",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [groupArn, pulumi.interpolate`${groupArn}:*`],
    },
    {
      // The service finds the group with a list call, which does not support a single resource.
      sid: "FindTheGroup",
      actions: ["logs:DescribeLogGroups"],
      resources: `arn:aws:logs:${region}:${account}:log-group:*`,
    },
  ];
}
