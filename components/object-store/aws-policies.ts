import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";
import { bucketArn } from "./bucket-name.ts";

/** Deny statements that no other policy can override: TLS 1.2 or later, and principals of the account or AWS services only. */
export function guardStatements(bucket: string, account: string): Statement[] {
  const resources = everythingOf(bucket);
  return [
    {
      sid: "DenyWithoutTls",
      effect: "Deny",
      principals: "anyone",
      actions: "s3:*",
      resources,
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      sid: "DenyOldTls",
      effect: "Deny",
      principals: "anyone",
      actions: "s3:*",
      resources,
      conditions: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
    {
      sid: "DenyOtherAccounts",
      effect: "Deny",
      principals: "anyone",
      actions: "s3:*",
      resources,
      conditions: {
        StringNotEquals: { "aws:PrincipalAccount": account },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  ];
}

/**
 * Denies requests with another encryption than the bucket's. Requests without an encryption header get the bucket's default, so the
 * conditions apply only if the header is present.
 *
 * @param except principal of an AWS service that chooses the encryption itself: `cloudtrail.amazonaws.com`
 */
export function encryptionStatements(
  bucket: string,
  keyArn: pulumi.Input<string>,
  except?: string,
): Statement[] {
  const algorithm = "s3:x-amz-server-side-encryption";
  const key = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  const put = {
    effect: "Deny",
    principals: "anyone",
    actions: "s3:PutObject",
    resources: `${bucketArn(bucket)}/*`,
  } as const;
  return [
    {
      sid: "DenyOtherEncryption",
      ...put,
      conditions: {
        StringNotEquals: {
          [algorithm]: "aws:kms",
          ...(except === undefined ? {} : { "aws:PrincipalServiceName": except }),
        },
        Null: { [algorithm]: "false" },
      },
    },
    {
      sid: "DenyOtherKeys",
      ...put,
      conditions: { StringNotEquals: { [key]: keyArn }, Null: { [key]: "false" } },
    },
  ];
}

/** Allows S3 to write access logs, for buckets of this account only. */
export function accessLogStatement(bucket: string, account: string): Statement {
  return {
    sid: "AllowAccessLogs",
    principals: { services: "logging.s3.amazonaws.com" },
    actions: "s3:PutObject",
    resources: `${bucketArn(bucket)}/*`,
    conditions: { StringEquals: { "aws:SourceAccount": account } },
  };
}

/** One end of a replication. */
export interface ReplicationEnd {
  readonly bucket: string;
  readonly region: string;
  readonly keyArn: pulumi.Input<string>;
}

/** Permissions of S3 for replication: read versions of the source bucket, and write replicas to the target bucket. */
export function replicationStatements(
  source: ReplicationEnd,
  target: ReplicationEnd,
  locked: boolean,
): Statement[] {
  const from = bucketArn(source.bucket);
  const to = bucketArn(target.bucket);
  return [
    {
      sid: "ReadConfiguration",
      actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      resources: from,
    },
    {
      sid: "ReadVersions",
      actions: [
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionTagging",
        ...(locked ? ["s3:GetObjectLegalHold", "s3:GetObjectRetention"] : []),
      ],
      resources: `${from}/*`,
    },
    {
      sid: "WriteCopies",
      actions: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
      resources: `${to}/*`,
    },
    {
      sid: "Decrypt",
      actions: "kms:Decrypt",
      resources: source.keyArn,
      conditions: throughS3(source),
    },
    {
      sid: "Encrypt",
      actions: ["kms:Encrypt", "kms:GenerateDataKey"],
      resources: target.keyArn,
      conditions: throughS3(target),
    },
  ];
}

/** With S3 Bucket Keys, the encryption context is the bucket's ARN. Older objects have their own ARN. */
function throughS3({ bucket, region }: ReplicationEnd) {
  const arn = bucketArn(bucket);
  return {
    StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
    StringLike: { "kms:EncryptionContext:aws:s3:arn": [arn, `${arn}/*`] },
  };
}

function everythingOf(bucket: string): string[] {
  return [bucketArn(bucket), `${bucketArn(bucket)}/*`];
}
