import { type Breaking, bucketBlock, type Fine, sql, type Unknown } from "./mutation.ts";
import { document } from "./passing-aws-account.ts";

const bucket = "aws:s3/bucket:Bucket";
const acl = "aws:s3/bucketAcl:BucketAcl";
const cloudBucket = "gcp:storage/bucket:Bucket";
const cryptoKey = "gcp:kms/cryptoKey:CryptoKey";
const open = document({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" });
const ip = "settings.ipConfiguration";
const backup = "settings.backupConfiguration";

/** Buckets of both clouds, and data services, keys and permissions of Google Cloud. */
export const breakingBucketsGcp: readonly Breaking[] = [
  ...(
    ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const
  ).flatMap((path): Breaking[] => [
    { control: "S31", type: bucketBlock, path, value: undefined },
    { control: "S31", type: bucketBlock, path, value: false },
  ]),
  { control: "S36", type: bucket, path: "acl", value: "public-read" },
  { control: "S36", type: bucket, path: "policy", value: open },
  { control: "S36", type: acl, path: "acl", value: "authenticated-read" },
  {
    control: "S36",
    type: acl,
    path: "accessControlPolicy.grants[0].grantee.uri",
    value: "http://acs.amazonaws.com/groups/global/AllUsers",
  },
  { control: "S36", type: "aws:s3/bucketPolicy:BucketPolicy", path: "policy", value: open },

  { control: "SQL1", type: sql, path: `${ip}.ipv4Enabled`, value: true },
  { control: "SQL1", type: sql, path: `${ip}.ipv4Enabled`, value: undefined },
  {
    control: "SQL1",
    type: sql,
    path: `${ip}.authorizedNetworks[0].value`,
    value: "0.0.0.0/0",
    says: "0.0.0.0/0",
  },
  { control: "SQL2", type: sql, path: `${ip}.sslMode`, value: undefined },
  { control: "SQL2", type: sql, path: `${ip}.sslMode`, value: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" },
  { control: "SQL3", type: sql, path: `${backup}.enabled`, value: undefined },
  { control: "SQL3", type: sql, path: `${backup}.pointInTimeRecoveryEnabled`, value: false },
  { control: "SQL3", type: sql, path: "settings.availabilityType", value: undefined },
  { control: "GCS1", type: cloudBucket, path: "publicAccessPrevention", value: undefined },
  { control: "GCS1", type: cloudBucket, path: "publicAccessPrevention", value: "inherited" },
  {
    control: "GCS1",
    type: "gcp:storage/bucketIAMMember:BucketIAMMember",
    path: "member",
    value: "allUsers",
  },
  {
    control: "GCS1",
    type: "gcp:storage/bucketIAMBinding:BucketIAMBinding",
    path: "members[1]",
    value: "allAuthenticatedUsers",
  },
  {
    control: "GCS1",
    type: "gcp:storage/bucketAccessControl:BucketAccessControl",
    path: "entity",
    value: "allUsers",
  },
  { control: "GCS2", type: cloudBucket, path: "uniformBucketLevelAccess", value: undefined },
  ...(
    [
      ["gcp:pubsub/subscriptionIAMBinding:SubscriptionIAMBinding", "members[0]"],
      ["gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember", "member"],
      ["gcp:pubsub/topicIAMBinding:TopicIAMBinding", "members[1]"],
      ["gcp:pubsub/topicIAMMember:TopicIAMMember", "member"],
    ] as const
  ).map(([type, path]): Breaking => ({ control: "PS1", type, path, value: "allUsers" })),
  { control: "PS2", type: "gcp:pubsub/topic:Topic", path: "kmsKeyName", value: undefined },
  { control: "GKMS1", type: cryptoKey, path: "rotationPeriod", value: undefined },
  { control: "GKMS1", type: cryptoKey, path: "rotationPeriod", value: "7776001s" },
  ...(
    [
      ["gcp:folder/iAMMember:IAMMember", "roles/owner"],
      ["gcp:organizations/iAMMember:IAMMember", "roles/resourcemanager.organizationAdmin"],
      ["gcp:projects/iAMBinding:IAMBinding", "roles/iam.serviceAccountTokenCreator"],
      ["gcp:projects/iAMMember:IAMMember", "roles/viewer"],
      ["gcp:projects/iAMMember:IAMMember", "roles/storage.admin"],
    ] as const
  ).map(([type, value]): Breaking => ({ control: "GIAM1", type, path: "role", value })),
];

/** One value each that is unknown until deployment. */
export const unknownsBucketsGcp: readonly Unknown[] = [
  { control: "S31", type: bucketBlock, path: "ignorePublicAcls" },
  { control: "S36", type: bucket, path: "acl" },
  { control: "SQL1", type: sql, path: `${ip}.ipv4Enabled` },
  { control: "SQL2", type: sql, path: `${ip}.sslMode` },
  { control: "SQL3", type: sql, path: `${backup}.enabled` },
  { control: "GCS1", type: cloudBucket, path: "publicAccessPrevention" },
  { control: "GCS2", type: cloudBucket, path: "uniformBucketLevelAccess" },
  { control: "GKMS1", type: cryptoKey, path: "rotationPeriod" },
  { control: "GIAM1", type: "gcp:projects/iAMMember:IAMMember", path: "role" },
];

/** Changes that look like violations. */
export const fineBucketsGcp: readonly Fine[] = [
  { type: bucket, path: "acl", value: "log-delivery-write", because: "it is for the log of S3" },
  {
    type: sql,
    path: backup,
    value: { enabled: true, binaryLogEnabled: true },
    because: "MySQL recovers from its binary log",
  },
  {
    type: cryptoKey,
    path: "purpose",
    value: "ASYMMETRIC_SIGN",
    because: "Google does not rotate it",
  },
];
