import * as pulumi from "@pulumi/pulumi";
import type { Given } from "./judge.ts";
import { passing } from "./passing.ts";
import { document } from "./passing-aws-account.ts";

const unknown = pulumi.runtime.unknownValue;

/** The deny statement of every bucket of the blueprint. */
export const denyPlain = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

const takesLogs = {
  Effect: "Allow",
  Principal: { Service: "logging.s3.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::b/*",
  Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
};

/** A trail's bucket with a known name, and its access log bucket with an unknown one. */
export const bucketsOfCell: readonly Given[] = [
  {
    type: "aws:s3/bucket:Bucket",
    name: "archive",
    props: {
      bucket: "prod-audit",
      id: unknown,
      objectLockEnabled: true,
      policy: unknown,
      // The clouds return this for properties that are not set.
      logging: { targetBucket: "" },
    },
  },
  {
    type: "aws:s3/bucket:Bucket",
    name: "access-logs",
    props: { bucket: unknown, id: unknown },
  },
  ...["archive", "access-logs"].flatMap((name): Given[] => {
    const bucket = name === "archive" ? "prod-audit" : unknown;
    const from = { bucket: [name] };
    return [
      {
        type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        name: `${name}-block`,
        props: {
          bucket,
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
        from,
      },
      {
        type: "aws:s3/bucketVersioning:BucketVersioning",
        name: `${name}-versions`,
        props: { bucket, versioningConfiguration: { status: "Enabled" } },
        from,
      },
    ];
  }),
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "archive-policy",
    props: { bucket: "prod-audit", policy: unknown },
    from: { bucket: ["archive"], policy: ["key"] },
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "access-logs-policy",
    props: { bucket: unknown, policy: document(denyPlain, takesLogs) },
    from: { bucket: ["access-logs"] },
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    name: "archive-encryption",
    props: {
      bucket: "prod-audit",
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
    },
    from: { bucket: ["archive"] },
  },
  {
    type: "aws:s3/bucketLogging:BucketLogging",
    name: "archive-logging",
    props: { bucket: "prod-audit", targetBucket: unknown, targetPrefix: "" },
    from: { bucket: ["archive"], targetBucket: ["access-logs"] },
  },
  {
    type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    name: "archive-lock",
    props: { bucket: "prod-audit", rule: { defaultRetention: { mode: "COMPLIANCE", days: 2557 } } },
    from: { bucket: ["archive"] },
  },
  {
    type: "aws:cloudtrail/trail:Trail",
    name: "trail",
    props: {
      ...passing["aws:cloudtrail/trail:Trail"],
      s3BucketName: "prod-audit",
      id: unknown,
    },
    from: { s3BucketName: ["archive"] },
  },
];
