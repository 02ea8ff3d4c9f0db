import { unknown } from "./cell.ts";
import { denyPlain } from "./cell-buckets.ts";
import { document } from "./passing-aws-account.ts";
import type { Change } from "./stack-changes.ts";

const ofArchive = { bucket: "prod-audit" };
const archive = (control: string, what: string, of: string, says: string): Change => ({
  control,
  what,
  of,
  blames: "archive",
  says,
});
const policy = (statement: object) => ({
  props: { ...ofArchive, policy: document(statement) },
});

/** Changes of buckets that violate one control. */
export const breakingBuckets: readonly Change[] = [
  archive("S31", "the block is gone", "archive-block", "has no public access block"),
  archive("S32", "the encryption is gone", "archive-encryption", "has no default encryption"),
  {
    ...archive(
      "S32",
      "the encryption is S3's own",
      "archive-encryption",
      "has no default encryption",
    ),
    to: {
      props: {
        ...ofArchive,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      },
    },
  },
  archive("S33", "versioning is gone", "archive-versions", "has no versioning"),
  {
    ...archive("S33", "versioning is suspended", "archive-versions", "has no versioning"),
    to: { props: { ...ofArchive, versioningConfiguration: { status: "Suspended" } } },
  },
  archive("S34", "the policy is gone", "archive-policy", "without TLS"),
  {
    ...archive("S34", "the policy denies uploads alone", "archive-policy", "without TLS"),
    to: policy({ ...denyPlain, Action: "s3:PutObject" }),
  },
  {
    ...archive("S34", "the policy allows instead", "archive-policy", "without TLS"),
    to: policy({ ...denyPlain, Effect: "Allow", Principal: { AWS: "111122223333" } }),
  },
  archive("S35", "logging is gone", "archive-logging", "has no access log"),
  {
    ...archive("S37", "object lock is off", "archive", "objectLockEnabled"),
    to: { props: { bucket: "prod-audit", id: unknown } },
  },
  archive("S37", "the retention is gone", "archive-lock", "has no default retention"),
];

/** Decisive values that are unknown until deployment. */
export const unknownsBuckets: readonly Change[] = [
  {
    ...archive("S31", "whose block it is", "archive-block", "has no public access block"),
    to: {
      props: {
        bucket: unknown,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      from: { bucket: ["elsewhere"] },
    },
  },
  {
    ...archive("S32", "the algorithm", "archive-encryption", "sseAlgorithm is unknown"),
    to: {
      props: {
        ...ofArchive,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: unknown } }],
      },
    },
  },
  {
    ...archive("S33", "the status", "archive-versions", "status is unknown"),
    to: { props: { ...ofArchive, versioningConfiguration: { status: unknown } } },
  },
  {
    ...archive("S34", "whose policy it is", "archive-policy", "without TLS"),
    to: {
      props: { bucket: unknown, policy: document(denyPlain) },
      from: { bucket: ["elsewhere"] },
    },
  },
  {
    ...archive("S35", "whose log it is", "archive-logging", "has no access log"),
    to: {
      props: { bucket: unknown, targetBucket: unknown, targetPrefix: "" },
      from: { bucket: ["elsewhere"], targetBucket: ["access-logs"] },
    },
  },
  {
    ...archive("S37", "whether the archive is locked", "archive", "objectLockEnabled is unknown"),
    to: {
      props: { bucket: "prod-audit", id: unknown, objectLockEnabled: unknown },
      from: { objectLockEnabled: ["elsewhere"] },
    },
  },
  {
    control: "GCS1",
    what: "a member that comes from no resource",
    of: "writer",
    to: { from: { member: [] } },
    blames: "writer",
    says: "member is unknown",
  },
  {
    control: "PS1",
    what: "a publisher that comes from no resource",
    of: "publisher",
    to: { from: { member: [] } },
    blames: "publisher",
    says: "member is unknown",
  },
];
