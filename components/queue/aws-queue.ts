import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument, type Statement } from "../core/iam.ts";
import { bytes, type Duration, seconds } from "../core/units.ts";
import type { AwsQueueSettings } from "./aws-schema.ts";
import { deadLettersSuffix, type QueueType } from "./base-schema.ts";
import type { QueueContract } from "./contract.ts";

export interface AwsQueueArgs extends ComponentArgs {
  /** Physical names, with `.fifo` at the end for FIFO queues. */
  readonly names: { readonly queue: string; readonly deadLetters: string };
  readonly settings: AwsQueueSettings;
  /** ARN of the key that messages and dead letters are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  readonly dataKeyReuse: Duration;
}

/** An SQS queue and its dead-letter queue, which only this queue sends to. Both take requests over TLS only. */
export class AwsQueue extends BlueprintComponent implements QueueContract {
  readonly type: QueueType;
  readonly sendTo: pulumi.Output<string>;
  readonly receiveFrom: pulumi.Output<string>;
  readonly deadLetters: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** `QueueName` of the metrics in CloudWatch. */
  readonly queueName: pulumi.Output<string>;
  readonly deadLettersArn: pulumi.Output<string>;
  readonly deadLettersName: pulumi.Output<string>;

  constructor(name: string, args: AwsQueueArgs, opts?: pulumi.ComponentResourceOptions) {
    const { names, settings } = args;
    super("queue", "AwsQueue", name, args, { names, settings }, opts);
    const deadLetters = this.#queue(args, names.deadLetters, deadLettersSuffix, {
      messageRetentionSeconds: seconds(settings.deadLetters.retention),
    });
    const queue = this.#queue(args, names.queue, undefined, {
      messageRetentionSeconds: seconds(settings.retention),
      visibilityTimeoutSeconds: seconds(settings.visibilityTimeout),
      ...(settings.delay === undefined ? {} : { delaySeconds: seconds(settings.delay) }),
      ...fifoArgs(settings),
    });
    this.#redrive(queue, deadLetters, settings.deadLetters.attempts);
    this.type = settings.type;
    this.sendTo = queue.url;
    this.receiveFrom = queue.url;
    this.deadLetters = deadLetters.url;
    this.arn = queue.arn;
    this.queueName = queue.name;
    this.deadLettersArn = deadLetters.arn;
    this.deadLettersName = deadLetters.name;
    this.registerOutputs({ sendTo: this.sendTo, deadLetters: this.deadLetters });
  }

  #queue(
    { settings, keyArn, dataKeyReuse }: AwsQueueArgs,
    name: string,
    key: string | undefined,
    args: aws.sqs.QueueArgs,
  ): aws.sqs.Queue {
    const queue = new aws.sqs.Queue(
      this.named(key),
      {
        name,
        ...(settings.type === "fifo" ? { fifoQueue: true } : {}),
        receiveWaitTimeSeconds: seconds(settings.receiveWait),
        maxMessageSize: bytes(settings.maxMessageSize),
        kmsMasterKeyId: keyArn,
        kmsDataKeyReusePeriodSeconds: seconds(dataKeyReuse),
        ...args,
      },
      this.stateful(),
    );
    new aws.sqs.QueuePolicy(
      this.named(key === undefined ? "policy" : `${key}-policy`),
      { queueUrl: queue.url, policy: policyDocument([tlsOnly(queue.arn)]) },
      this.child(),
    );
    return queue;
  }

  #redrive(queue: aws.sqs.Queue, deadLetters: aws.sqs.Queue, attempts: number): void {
    const allow = new aws.sqs.RedriveAllowPolicy(
      this.named(`${deadLettersSuffix}-from`),
      {
        queueUrl: deadLetters.url,
        redriveAllowPolicy: pulumi.jsonStringify({
          redrivePermission: "byQueue",
          sourceQueueArns: [queue.arn],
        }),
      },
      this.child(),
    );
    new aws.sqs.RedrivePolicy(
      this.named("redrive"),
      {
        queueUrl: queue.url,
        redrivePolicy: pulumi.jsonStringify({
          deadLetterTargetArn: deadLetters.arn,
          maxReceiveCount: attempts,
        }),
      },
      // SQS refuses a dead-letter queue that does not allow its source.
      this.child({ dependsOn: allow }),
    );
  }
}

/** SQS supports throughput per message group only with deduplication per message group. */
function fifoArgs({ type, fifo }: AwsQueueSettings): aws.sqs.QueueArgs {
  if (type === "standard") return {};
  const { contentBasedDeduplication = false, highThroughput = false } = fifo ?? {};
  return {
    contentBasedDeduplication,
    deduplicationScope: highThroughput ? "messageGroup" : "queue",
    fifoThroughputLimit: highThroughput ? "perMessageGroupId" : "perQueue",
  };
}

/** Denies requests without TLS. It allows nothing: IAM of the account controls access. */
function tlsOnly(arn: pulumi.Input<string>): Statement {
  return {
    sid: "DenyWithoutTls",
    effect: "Deny",
    principals: "anyone",
    actions: "sqs:*",
    resources: arn,
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
}
