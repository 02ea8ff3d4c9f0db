/** Grants for buckets. Pure. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { joined, type Statement } from "../core/iam.ts";
import { longestKeyArn } from "../core/kms.ts";
import { longestNameOf } from "../core/naming.ts";
import { type AwsGrantee, type GcpRole, oneResource, verbs } from "../section/grant.ts";

/** A folder of a bucket. */
const prefix = z.string().regex(/^([A-Za-z0-9_.=-]+\/)+$/, {
  error: 'must be a folder such as "invoices/", without wildcards',
});

const schema = z.strictObject({
  kind: z.literal("bucket"),
  name: oneResource(),
  may: verbs(["read", "write", "delete"]),
  /** Limits the grant to this folder. @default the whole bucket */
  prefix: prefix.optional(),
});

const gcpSchema = schema.superRefine(({ may }, context) => {
  if (!may.includes("delete") || may.length === 3) return;
  context.addIssue({
    code: "custom",
    path: ["may"],
    input: may,
    message:
      "must include read and write with delete: the narrowest role of Google Cloud is Storage Object User",
  });
});

type Grant = z.output<typeof schema>;

/** The reference to a bucket for IAM on AWS. */
export interface AwsBucketReference {
  readonly arn: pulumi.Input<string>;
  /** ARN of its KMS key. Undefined without a customer-managed key. */
  readonly keyArn?: pulumi.Input<string>;
}

export interface GcpBucketReference {
  readonly name: pulumi.Input<string>;
}

export const bucketGrant = {
  kind: "bucket",
  aws: {
    schema,
    statements,
    longest: (_: Grant, grantee: AwsGrantee): AwsBucketReference => ({
      arn: `arn:aws:s3:::${"b".repeat(longestNameOf("s3-bucket"))}`,
      keyArn: longestKeyArn(grantee),
    }),
  },
  gcp: { schema: gcpSchema, roles },
} as const;

/** Source: "Actions, resources, and condition keys for Amazon S3", and "Using S3 Bucket Keys" for the encryption context. */
function statements(
  { may, prefix = "" }: Grant,
  { arn, keyArn }: AwsBucketReference,
  { region }: AwsGrantee,
): Statement[] {
  const objects = joined("", arn, `/${prefix}*`);
  const read = may.includes("read");
  const write = may.includes("write");
  const object = [
    ...(read ? ["s3:GetObject"] : []),
    ...(write ? ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"] : []),
    ...(may.includes("delete") ? ["s3:DeleteObject"] : []),
  ];
  const list: Statement = {
    sid: "List",
    actions: "s3:ListBucket",
    resources: arn,
    ...(prefix ? { conditions: { StringLike: { "s3:prefix": `${prefix}*` } } } : {}),
  };
  const throughS3 = (key: pulumi.Input<string>): Statement => ({
    sid: "ObjectKey",
    // Completing a multipart upload decrypts its parts.
    actions: write ? ["kms:Decrypt", "kms:GenerateDataKey"] : "kms:Decrypt",
    resources: key,
    conditions: {
      StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [arn, joined("", arn, "/*")] },
    },
  });
  return [
    ...(read ? [list] : []),
    { sid: "Objects", actions: object, resources: objects },
    ...(keyArn && (read || write) ? [throughS3(keyArn)] : []),
  ];
}

/** Source: "IAM roles for Cloud Storage". Only Object User can delete objects; it also reads and writes. */
function roles({ may, prefix }: Grant, { name: bucket }: GcpBucketReference): GcpRole[] {
  const needed = may.includes("delete") ? (["delete"] as const) : may;
  const role = {
    read: "roles/storage.objectViewer",
    write: "roles/storage.objectCreator",
    delete: "roles/storage.objectUser",
  };
  return needed.map((verb) => ({
    // The folder is part of the role's name: see `roleName` of identity.
    key: `${prefix ?? ""}${verb}`,
    role: role[verb],
    on: { kind: "bucket", bucket },
    ...(prefix === undefined
      ? {}
      : {
          condition: {
            title: "one-folder",
            expression: pulumi.interpolate`resource.name.startsWith("projects/_/buckets/${bucket}/objects/${prefix}")`,
          },
        }),
  }));
}
