/** What delivers flow logs into a log group, of a VPC or of a Transit Gateway. */
import * as pulumi from "@pulumi/pulumi";
import { type Statement, trustPolicy } from "../core/iam.ts";

/** Where the logs are of. */
export interface FlowLogPlace {
  readonly account: string;
  readonly region: string;
}

/** Lets the service take the role for flow logs of this account and region alone. */
export function flowLogTrust({ account, region }: FlowLogPlace) {
  return trustPolicy("vpc-flow-logs.amazonaws.com", {
    conditions: {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:aws:ec2:${region}:${account}:vpc-flow-log/*` },
    },
  });
}

/** May write into this group and nothing else. */
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
      // The service looks for the group by its name, which is a list call: it takes no single group.
      sid: "FindTheGroup",
      actions: ["logs:DescribeLogGroups"],
      resources: `arn:aws:logs:${region}:${account}:log-group:*`,
    },
  ];
}
