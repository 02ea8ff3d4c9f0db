import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import { AwsBucket } from "./aws-bucket.ts";
import { accessLogStatement } from "./aws-policies.ts";
import { AwsReplication } from "./aws-replication.ts";
import { bucketName } from "./bucket-name.ts";
import { accessLogsKey } from "./bucket-schema.ts";
import type { BucketContract, ObjectStoreContract } from "./contract.ts";
import { replicaKey } from "./replica-key.ts";
import { type AwsObjectStoreInput, type AwsObjectStoreSpec, awsObjectStoreSpec } from "./schema.ts";

export interface AwsObjectStoreArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsObjectStoreInput;
  /** Encrypts the objects. Its policy has to let the account use it through S3. */
  readonly keyArn: pulumi.Input<string>;
  /** The keys of the cells that buckets are replicated to, by cell. @default {} */
  readonly replicaKeyArns?: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * The S3 buckets of a cell, and one that all requests to them are logged to.
 *
 * @example
 * const store = new AwsObjectStore("object-store", {
 *   spec: { cloud: "aws", account: "111122223333", region: "us-east-1", buckets: { uploads: {} } }, keyArn, ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsObjectStore extends BlueprintComponent implements ObjectStoreContract {
  readonly cloud = "aws";
  readonly buckets: Readonly<Record<string, BucketContract & { arn: pulumi.Output<string> }>>;
  /** The bucket that requests are logged to. */
  readonly accessLogsBucket: pulumi.Output<string>;

  constructor(name: string, args: AwsObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsObjectStoreSpec, args.spec, name);
    // What other cells have is for the checks above: recorded, a change of theirs would be a change of this one.
    const { peers: _peers, ...recorded } = spec;
    super("object-store", "AwsObjectStore", name, args, { spec: recorded }, opts);
    const logs = this.#accessLogs(args, spec);
    this.accessLogsBucket = logs.bucketName;
    const buckets = Object.keys(spec.buckets).map((key) => {
      const { bucketName, arn } = this.#bucket(args, spec, key, logs);
      return [key, { bucketName, uri: bucketName.apply((at) => `s3://${at}`), arn }] as const;
    });
    this.buckets = Object.fromEntries(buckets);
    this.registerOutputs({ buckets: this.buckets, accessLogsBucket: this.accessLogsBucket });
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

  #bucket(
    args: AwsObjectStoreArgs,
    spec: AwsObjectStoreSpec,
    key: string,
    logs: AwsBucket,
  ): AwsBucket {
    const { ownership, keyArn } = args;
    const { account } = spec;
    const settings = spec.buckets[key] as AwsObjectStoreSpec["buckets"][string];
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
