import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument } from "../core/iam.ts";
import { physicalName } from "../core/naming.ts";

export interface AwsInterruptionQueueArgs extends ComponentArgs {
  readonly clusterName: string;
}

/** Events before the interruption of a node. Source: CloudFormation template of Karpenter 1.14.1. */
const events = {
  "spot-interruption": { source: "aws.ec2", type: "EC2 Spot Instance Interruption Warning" },
  rebalance: { source: "aws.ec2", type: "EC2 Instance Rebalance Recommendation" },
  "state-change": { source: "aws.ec2", type: "EC2 Instance State-change Notification" },
  "capacity-reservation": {
    source: "aws.ec2",
    type: "EC2 Capacity Reservation Instance Interruption Warning",
  },
  "scheduled-change": { source: "aws.health", type: "AWS Health Event" },
} as const;

/** The interruption queue, which notifies Karpenter in time to move pods. */
export class AwsInterruptionQueue extends BlueprintComponent {
  readonly arn: pulumi.Output<string>;
  readonly queueName: pulumi.Output<string>;

  constructor(
    name: string,
    args: AwsInterruptionQueueArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("node-pool", "AwsInterruptionQueue", name, args, {}, opts);
    const queue = new aws.sqs.Queue(
      this.named(),
      {
        name: physicalName("sqs-queue", [args.clusterName, "interruptions"]),
        // A notification is useless after its node is terminated.
        messageRetentionSeconds: 300,
        sqsManagedSseEnabled: true,
      },
      this.child(),
    );
    const rules = Object.entries(events).map(([key, event]) => this.#rule(args, queue, key, event));
    new aws.sqs.QueuePolicy(
      this.named(),
      {
        queueUrl: queue.url,
        policy: policyDocument([
          {
            sid: "EventsOfThisCluster",
            principals: { services: "events.amazonaws.com" },
            actions: "sqs:SendMessage",
            resources: queue.arn,
            conditions: { ArnEquals: { "aws:SourceArn": rules.map((rule) => rule.arn) } },
          },
          {
            sid: "OnlyOverTls",
            effect: "Deny",
            principals: "anyone",
            actions: "sqs:*",
            resources: queue.arn,
            conditions: { Bool: { "aws:SecureTransport": "false" } },
          },
        ]),
      },
      this.child(),
    );
    this.arn = queue.arn;
    this.queueName = queue.name;
    this.registerOutputs({ arn: this.arn });
  }

  #rule(
    { clusterName }: AwsInterruptionQueueArgs,
    queue: aws.sqs.Queue,
    key: string,
    { source, type }: { readonly source: string; readonly type: string },
  ): aws.cloudwatch.EventRule {
    const rule = new aws.cloudwatch.EventRule(
      this.named(key),
      {
        name: physicalName("event-rule", [clusterName, key]),
        description: `${type}, for Karpenter on ${clusterName}`,
        eventPattern: JSON.stringify({ source: [source], "detail-type": [type] }),
      },
      this.child(),
    );
    new aws.cloudwatch.EventTarget(
      this.named(key),
      { rule: rule.name, targetId: "interruption-queue", arn: queue.arn },
      this.child(),
    );
    return rule;
  }
}
