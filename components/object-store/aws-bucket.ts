import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument, type Statement } from "../core/iam.ts";
import { lifecycleRules } from "./aws-lifecycle.ts";
import { encryptionStatements, guardStatements } from "./aws-policies.ts";
import type { AwsBucketSettings } from "./aws-schema.ts";

export interface AwsBucketArgs extends ComponentArgs {
  /** Physical name, unique worldwide. */
  readonly bucketName: string;
  readonly account: string;
  readonly settings: Pick<AwsBucketSettings, "tiering" | "lifecycle" | "lock">;
  /**
   * Encrypts the objects. Omitted only for the bucket for access logs, which does not support customer-managed keys (Amazon S3
   * user guide, "Enabling server access logging").
   *
   * @default SSE-S3
   */
  readonly keyArn?: pulumi.Input<string>;
  /** Principal of an AWS service that can put objects with SSE-S3. @default none */
  readonly ownKeysFor?: string;
  /** The bucket for access logs. @default no access logs */
  readonly logBucket?: pulumi.Input<string>;
  /** Additional statements of the bucket policy. @default none */
  readonly statements?: readonly Statement[];
}

/**
 * A private S3 bucket: public access blocked, one key, versioning, TLS 1.2 or later, access logs, cleanup of incomplete uploads.
 *
 * Its outputs are known before its policy and versioning exist: resources that write to it must also depend on `ready`.
 */
export class AwsBucket extends BlueprintComponent {
  readonly bucketName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** Resources that must exist before a service writes to the bucket or replicates it. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: AwsBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    const { bucketName, settings } = args;
    super("object-store", "AwsBucket", name, args, { bucketName, settings }, opts);
    const bucket = new aws.s3.Bucket(
      this.named(),
      {
        bucket: bucketName,
        // Nobody can empty a bucket under a compliance lock: `atoll destroy` leaves it in the cloud.
        forceDestroy: !this.retain && settings.lock?.mode !== "compliance",
        ...(settings.lock ? { objectLockEnabled: true } : {}),
      },
      // Set at creation. A lock that is added later must not replace the bucket.
      this.stateful({ ignoreChanges: ["objectLockEnabled"] }),
    );
    const versions = this.#versions(bucket, settings);
    const policy = this.#guards(bucket, args);
    this.#encryption(bucket, args.keyArn);
    this.#lifecycle(bucket, settings, versions);
    this.#logging(bucket, args);
    this.bucketName = bucket.bucket;
    this.arn = bucket.arn;
    this.ready = [versions, policy];
    this.registerOutputs({ bucketName: this.bucketName, arn: this.arn });
  }

  #guards(bucket: aws.s3.Bucket, args: AwsBucketArgs): aws.s3.BucketPolicy {
    const { bucketName, account, keyArn, ownKeysFor, statements = [] } = args;
    const block = new aws.s3.BucketPublicAccessBlock(
      this.named("public-access"),
      {
        bucket: bucket.bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      this.child(),
    );
    const ownership = new aws.s3.BucketOwnershipControls(
      this.named("ownership"),
      { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      // S3 refuses concurrent changes of a bucket's access settings.
      this.child({ dependsOn: block }),
    );
    return new aws.s3.BucketPolicy(
      this.named("policy"),
      {
        bucket: bucket.bucket,
        policy: policyDocument([
          ...guardStatements(bucketName, account),
          ...(keyArn === undefined ? [] : encryptionStatements(bucketName, keyArn, ownKeysFor)),
          ...statements,
        ]),
      },
      this.child({ dependsOn: ownership }),
    );
  }

  #versions(bucket: aws.s3.Bucket, { lock }: AwsBucketArgs["settings"]): pulumi.Resource {
    const versioning = new aws.s3.BucketVersioning(
      this.named("versions"),
      { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
      this.child(),
    );
    if (lock) {
      new aws.s3.BucketObjectLockConfiguration(
        this.named("lock"),
        {
          bucket: bucket.bucket,
          objectLockEnabled: "Enabled",
          rule: { defaultRetention: { mode: lock.mode.toUpperCase(), days: lock.days } },
        },
        this.child({ dependsOn: versioning }),
      );
    }
    return versioning;
  }

  #encryption(bucket: aws.s3.Bucket, keyArn: pulumi.Input<string> | undefined): void {
    const byDefault =
      keyArn === undefined
        ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
        : {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
            // S3 Bucket Keys: one data key per bucket and period instead of one per object, for fewer requests to KMS.
            bucketKeyEnabled: true,
          };
    new aws.s3.BucketServerSideEncryptionConfiguration(
      this.named("encryption"),
      { bucket: bucket.bucket, rules: [{ ...byDefault, blockedEncryptionTypes: ["SSE-C"] }] },
      this.child(),
    );
  }

  #lifecycle(
    bucket: aws.s3.Bucket,
    settings: AwsBucketArgs["settings"],
    versions: pulumi.Resource,
  ): void {
    new aws.s3.BucketLifecycleConfiguration(
      this.named("lifecycle"),
      { bucket: bucket.bucket, rules: lifecycleRules(settings) },
      this.child({ dependsOn: versions }),
    );
  }

  #logging(bucket: aws.s3.Bucket, { bucketName, logBucket }: AwsBucketArgs): void {
    if (logBucket === undefined) return;
    new aws.s3.BucketLogging(
      this.named("logging"),
      {
        bucket: bucket.bucket,
        targetBucket: logBucket,
        targetPrefix: `${bucketName}/`,
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
      },
      this.child(),
    );
  }
}
