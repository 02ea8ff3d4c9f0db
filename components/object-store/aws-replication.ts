import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument, trustPolicy } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { type Duration, seconds } from "../core/units.ts";
import { type ReplicationEnd, replicationStatements } from "./aws-policies.ts";
import { bucketArn } from "./bucket-name.ts";

export interface AwsReplicationArgs extends ComponentArgs {
  /** The key of the bucket. */
  readonly bucket: string;
  readonly account: string;
  readonly source: ReplicationEnd;
  readonly target: ReplicationEnd;
  readonly locked: boolean;
  readonly rpo: Duration;
}

/** Replicates a bucket's objects and deletions to an existing bucket of another cell. */
export class AwsReplication extends BlueprintComponent {
  constructor(name: string, args: AwsReplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    const { source, target, rpo } = args;
    const recorded = { source: source.bucket, target: target.bucket, rpo };
    super("object-store", "AwsReplication", name, args, recorded, opts);
    const { role, policy } = this.#role(args);
    new aws.s3.BucketReplicationConfig(
      this.named(),
      {
        bucket: source.bucket,
        role: role.arn,
        rules: [
          {
            id: "all",
            status: "Enabled",
            priority: 0,
            filter: {},
            deleteMarkerReplication: { status: "Enabled" },
            sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
            destination: {
              bucket: bucketArn(target.bucket),
              storageClass: "STANDARD",
              encryptionConfiguration: { replicaKmsKeyId: target.keyArn },
              ...timeControl(rpo),
            },
          },
        ],
      },
      // S3 does not retry objects that were written before the role has its permissions.
      this.child({ dependsOn: policy }),
    );
    this.registerOutputs({});
  }

  #role({ ownership, bucket, account, source, target, locked }: AwsReplicationArgs) {
    const role = new aws.iam.Role(
      this.named("role"),
      {
        name: nameIn(ownership, "iam-role", bucket, "replication"),
        description: `S3 copies ${source.bucket} to ${target.bucket}`,
        assumeRolePolicy: trustPolicy("s3.amazonaws.com", {
          conditions: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": bucketArn(source.bucket) },
          },
        }),
      },
      this.child(),
    );
    const policy = new aws.iam.RolePolicy(
      this.named("role-policy"),
      {
        name: "replication",
        role: role.name,
        policy: policyDocument(replicationStatements(source, target, locked)),
      },
      this.child(),
    );
    return { role, policy };
  }
}

/** Most objects replicate within minutes. Only Replication Time Control, which has a fee, guarantees it. */
function timeControl(rpo: Duration) {
  const minutes = 15;
  if (seconds(rpo) >= seconds("1 day")) return {};
  return {
    replicationTime: { status: "Enabled", time: { minutes } },
    metrics: { status: "Enabled", eventThreshold: { minutes } },
  };
}
