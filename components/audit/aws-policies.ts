import type { Conditions, Statement } from "../core/iam.ts";
import { administration } from "../core/kms.ts";
import { bucketArn } from "../object-store/bucket-name.ts";

/** Where the audit trail of an account is. */
export interface TrailPlace {
  readonly account: string;
  readonly region: string;
  /** Name of the trail. */
  readonly trail: string;
}

function trailArn({ account, region, trail }: TrailPlace): string {
  return `arn:aws:cloudtrail:${region}:${account}:trail/${trail}`;
}

/** Delivered objects belong to the bucket's owner. */
const ownedByBucket = { "s3:x-amz-acl": "bucket-owner-full-control" };

/** What this trail alone may do with the archive. */
export function trailDelivery(bucket: string, place: TrailPlace): Statement[] {
  const ofTrail = { "aws:SourceArn": trailArn(place) };
  const principals = { services: "cloudtrail.amazonaws.com" };
  return [
    {
      sid: "TrailLooksUp",
      principals,
      actions: "s3:GetBucketAcl",
      resources: bucketArn(bucket),
      conditions: { StringEquals: ofTrail },
    },
    {
      sid: "TrailDelivers",
      principals,
      actions: "s3:PutObject",
      resources: `${bucketArn(bucket)}/AWSLogs/${place.account}/*`,
      conditions: { StringEquals: { ...ofTrail, ...ownedByBucket } },
    },
  ];
}

/** What Config may do with its own bucket, for recorders of this account. */
export function configDelivery(bucket: string, account: string): Statement[] {
  const ofAccount = { "aws:SourceAccount": account };
  const principals = { services: "config.amazonaws.com" };
  return [
    {
      sid: "ConfigLooksUp",
      principals,
      actions: ["s3:GetBucketAcl", "s3:ListBucket"],
      resources: bucketArn(bucket),
      conditions: { StringEquals: ofAccount },
    },
    {
      sid: "ConfigDelivers",
      principals,
      actions: "s3:PutObject",
      resources: `${bucketArn(bucket)}/AWSLogs/${account}/Config/*`,
      conditions: { StringEquals: { ...ofAccount, ...ownedByBucket } },
    },
  ];
}

/**
 * What services whose logs CloudWatch delivers, MSK among them, may do with the bucket for their logs. Source: "Enable logging
 * from AWS services: permissions for logs sent to Amazon S3".
 */
export function serviceLogDelivery(bucket: string, account: string): Statement[] {
  const principals = { services: deliveryService };
  const ofAccount = logDeliveryOf(account);
  return [
    {
      sid: "LogDeliveryLooksUp",
      principals,
      actions: ["s3:GetBucketAcl", "s3:ListBucket"],
      resources: bucketArn(bucket),
      conditions: ofAccount,
    },
    {
      sid: "LogDeliveryDelivers",
      principals,
      actions: "s3:PutObject",
      resources: `${bucketArn(bucket)}/*/AWSLogs/${account}/*`,
      conditions: {
        ...ofAccount,
        StringEquals: { ...ofAccount.StringEquals, ...ownedByBucket },
      },
    },
  ];
}

const deliveryService = "delivery.logs.amazonaws.com";

function logDeliveryOf(account: string) {
  return {
    StringEquals: { "aws:SourceAccount": account },
    ArnLike: { "aws:SourceArn": `arn:aws:logs:*:${account}:*` },
  };
}

/**
 * Who may use the archive's key: CloudTrail for its trail, Config and log delivery for the account, and through S3 every
 * principal that IAM allows to read.
 */
export function archiveKeyPolicy(place: TrailPlace): Statement[] {
  const { account, region } = place;
  const ofTrail = { "aws:SourceArn": trailArn(place) };
  const use = (
    sid: string,
    principals: Statement["principals"] & object,
    actions: string[],
    conditions: Conditions,
  ): Statement => ({ sid, principals, actions, resources: "*", conditions });
  return [
    administration(place),
    use("TrailDescribes", { services: "cloudtrail.amazonaws.com" }, ["kms:DescribeKey"], {
      StringEquals: ofTrail,
    }),
    use(
      "TrailEncrypts",
      { services: "cloudtrail.amazonaws.com" },
      ["kms:Decrypt", "kms:GenerateDataKey"],
      {
        StringEquals: ofTrail,
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${account}:trail/*`,
        },
      },
    ),
    use(
      "ConfigEncrypts",
      { services: "config.amazonaws.com" },
      ["kms:Decrypt", "kms:GenerateDataKey"],
      { StringEquals: { "aws:SourceAccount": account } },
    ),
    use(
      "LogDeliveryEncrypts",
      { services: deliveryService },
      ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
      logDeliveryOf(account),
    ),
    use("ReadThroughS3", { aws: `arn:aws:iam::${account}:root` }, ["kms:Decrypt"], {
      StringEquals: {
        "kms:CallerAccount": account,
        "kms:ViaService": `s3.${region}.amazonaws.com`,
      },
    }),
  ];
}
