import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { found, refuseUnsuitable } from "../core/existing.ts";
import { parseSpec } from "../core/spec.ts";
import { AwsBucket } from "./aws-bucket.ts";
import { type AwsBucketFacts, type AwsBucketsFacts, awsBucketsProblems } from "./aws-existing.ts";
import { accessLogStatement } from "./aws-policies.ts";
import { AwsReplication } from "./aws-replication.ts";
import type { AwsBucketSettings, awsExistingBucketSettings } from "./aws-schema.ts";
import { bucketName } from "./bucket-name.ts";
import { accessLogsKey } from "./bucket-schema.ts";
import type { BucketContract, ObjectStoreContract } from "./contract.ts";
import { replicaKey } from "./replica-key.ts";
import { type AwsObjectStoreInput, type AwsObjectStoreSpec, awsObjectStoreSpec } from "./schema.ts";

export interface AwsObjectStoreArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsObjectStoreInput;
  /** Encrypts the objects. The key policy must allow the account to use it through S3. */
  readonly keyArn: pulumi.Input<string>;
  /** The keys of the target cells of replication, by cell. @default {} */
  readonly replicaKeyArns?: Readonly<Record<string, pulumi.Input<string>>>;
  /** What AWS says of existing buckets: the result of `lookUpAwsBuckets()`. @default {} */
  readonly facts?: AwsBucketsFacts;
}

export interface AwsBucketOutputs extends BucketContract {
  readonly arn: pulumi.Output<string>;
  /** The key that its objects are encrypted with; undefined where it is not a KMS key. */
  readonly keyArn: pulumi.Input<string> | undefined;
}

/**
 * The S3 buckets of a cell, and a bucket for their access logs.
 *
 * @example
 * const store = new AwsObjectStore("object-store", {
 *   spec: { cloud: "aws", account: "111122223333", region: "us-east-1", buckets: { uploads: {} } }, keyArn, ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec; `existing-unsuitable` with every failed check.
 */
export class AwsObjectStore extends BlueprintComponent implements ObjectStoreContract {
  readonly cloud = "aws";
  readonly buckets: Readonly<Record<string, AwsBucketOutputs>>;
  /** The bucket for access logs. */
  readonly accessLogsBucket: pulumi.Output<string>;

  constructor(name: string, args: AwsObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsObjectStoreSpec, args.spec, name);
    const { facts = {} } = args;
    refuseUnsuitable("objectStore", awsBucketsProblems(spec, facts));
    // `peers` is for checks only. If it were recorded, a change in another cell would be a change of this one.
    const { peers: _peers, ...recorded } = spec;
    super("object-store", "AwsObjectStore", name, args, { spec: recorded }, opts);
    const logs = this.#accessLogs(args, spec);
    this.accessLogsBucket = logs.bucketName;
    this.buckets = Object.fromEntries(
      Object.entries(spec.buckets).map(([key, settings]) => [
        key,
        settings.existing
          ? existingBucket(settings.existing, facts[key])
          : this.#created(args, spec, key, settings, logs),
      ]),
    );
    const buckets = Object.entries(this.buckets).map(([key, { bucketName, uri, arn }]) => [
      key,
      { bucketName, uri, arn },
    ]);
    this.registerOutputs({
      buckets: Object.fromEntries(buckets),
      accessLogsBucket: this.accessLogsBucket,
    });
  }

  #accessLogs({ ownership }: AwsObjectStoreArgs, spec: AwsObjectStoreSpec): AwsBucket {
    const { account } = spec;
    const name = bucketName("aws", ownership, accessLogsKey, account);
    return new AwsBucket(
      this.named(accessLogsKey),
      {
        ownership,
        retain: this.retain,
        bucketName: name,
        account,
        settings: {
          tiering: "by-age",
          lifecycle: {
            expireAfterDays: spec.accessLogs.retentionDays,
            oldVersionsDays: 1,
            abortUploadsAfterDays: 1,
          },
        },
        statements: [accessLogStatement(name, account)],
      },
      this.child(),
    );
  }

  #created(
    args: AwsObjectStoreArgs,
    spec: AwsObjectStoreSpec,
    key: string,
    settings: AwsBucketSettings,
    logs: AwsBucket,
  ): AwsBucketOutputs {
    const { bucketName, arn } = this.#bucket(args, spec, key, settings, logs);
    const uri = bucketName.apply((at) => `s3://${at}`);
    return { bucketName, uri, arn, keyArn: args.keyArn };
  }

  #bucket(
    args: AwsObjectStoreArgs,
    spec: AwsObjectStoreSpec,
    key: string,
    settings: AwsBucketSettings,
    logs: AwsBucket,
  ): AwsBucket {
    const { ownership, keyArn } = args;
    const { account } = spec;
    const name = bucketName("aws", ownership, key, account);
    const common = { ownership, retain: this.retain };
    const bucket = new AwsBucket(
      this.named(key),
      { ...common, bucketName: name, account, settings, keyArn, logBucket: logs.bucketName },
      this.child({ dependsOn: [...logs.ready] }),
    );
    if (settings.replicateTo) {
      const { cell, rpo } = settings.replicateTo;
      new AwsReplication(
        this.named(`${key}-replication`),
        {
          ...common,
          bucket: key,
          account,
          locked: settings.lock !== undefined,
          rpo,
          source: { bucket: name, region: spec.region, keyArn },
          target: {
            bucket: bucketName("aws", { ...ownership, cell }, key, account),
            region: spec.peers[cell]?.region ?? spec.region,
            keyArn: replicaKey(args.replicaKeyArns, cell, "replicaKeyArns"),
          },
        },
        this.child({ dependsOn: [...bucket.ready] }),
      );
    }
    return bucket;
  }
}

function existingBucket(
  { name, keyArn }: z.output<typeof awsExistingBucketSettings>,
  facts: AwsBucketFacts | undefined,
): AwsBucketOutputs {
  if (facts === undefined) throw new Error(`bucket ${name} was not looked up`);
  return {
    bucketName: pulumi.output(name),
    uri: pulumi.output(`s3://${name}`),
    arn: pulumi.output(found(facts.bucket).arn),
    keyArn,
  };
}
