import { names, partsOf, takesLogs } from "../buckets.ts";
import type { Control } from "../control.ts";
import { anyFact, firstOf, isGiven } from "../known-values.ts";

const encryption =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

/** Controls of storage in S3 buckets. Access is in s3-access.ts. */
export const s3Controls: readonly Control[] = [
  {
    id: "S32",
    policy: "s32-missing-key",
    title: "S3 buckets have default encryption with KMS, except for access log buckets",
    severity: "medium",
    remedy:
      'add a BucketServerSideEncryptionConfiguration with sseAlgorithm "aws:kms" and kmsMasterKeyId',
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
    },
    stack: (stack, on) => {
      for (const bucket of stack.all("aws:s3/bucket:Bucket")) {
        on(bucket).part(() => {
          const inline = bucket.props.serverSideEncryptionConfiguration?.rule;
          const rules = partsOf(bucket, encryption, stack).flatMap((part) => part.props.rules);
          const underKms = firstOf([...rules, ...(inline ? [inline] : [])], (rule) =>
            /^aws:kms/.test(rule.applyServerSideEncryptionByDefault?.sseAlgorithm ?? ""),
          );
          if (underKms || takesLogs(bucket, stack)) return;
          on(bucket).lacking("", "has no default encryption with a KMS key: S3 controls the key");
        });
      }
    },
  },
  {
    id: "S33",
    policy: "s33-enable-versioning",
    title: "S3 buckets have versioning",
    severity: "medium",
    remedy: 'add a BucketVersioning with versioningConfiguration.status "Enabled"',
    requirements: {
      soc2: ["A1.2"],
      "pci-dss-4": ["10.3.4"],
      hipaa: ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"],
      sox: ["ITGC-operations"],
    },
    stack: (stack, on) => {
      for (const bucket of stack.all("aws:s3/bucket:Bucket")) {
        on(bucket).part(() => {
          const parts = partsOf(bucket, "aws:s3/bucketVersioning:BucketVersioning", stack);
          const kept = anyFact(
            () => bucket.props.versioning?.enabled === true,
            () =>
              firstOf(parts, ({ props }) => props.versioningConfiguration.status === "Enabled") !==
              undefined,
          );
          if (!kept)
            on(bucket).lacking("", "has no versioning: deleted objects cannot be restored");
        });
      }
    },
  },
  {
    id: "S35",
    policy: "s35-enable-access-logs",
    title: "S3 buckets have access logging, except for access log buckets",
    severity: "medium",
    remedy: "add a BucketLogging with the bucket and a target bucket",
    requirements: {
      soc2: ["CC7.2"],
      "pci-dss-4": ["10.2.1"],
      hipaa: ["164.312(b)"],
      sox: ["ITGC-operations"],
    },
    stack: (stack, on) => {
      for (const bucket of stack.all("aws:s3/bucket:Bucket")) {
        on(bucket).part(() => {
          const parts = partsOf(bucket, "aws:s3/bucketLogging:BucketLogging", stack);
          const logged = parts.length > 0 || isGiven(bucket.props.logging, "targetBucket");
          if (logged || takesLogs(bucket, stack)) return;
          on(bucket).lacking("", "has no access log: reads cannot be traced");
        });
      }
    },
  },
  {
    id: "S37",
    policy: "s37-enable-lock-of-audit",
    title: "S3 buckets of trails in permanent environments have Object Lock",
    severity: "low",
    remedy:
      "set objectLockEnabled to true and add a BucketObjectLockConfiguration with rule.defaultRetention",
    requirements: { soc2: ["PI1.5"], "pci-dss-4": ["10.3.4"], sox: ["ITGC-operations"] },
    permanentOnly: true,
    stack: (stack, on) => {
      const trails = stack.all("aws:cloudtrail/trail:Trail");
      const type = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
      for (const bucket of stack.all("aws:s3/bucket:Bucket")) {
        if (!trails.some((trail) => names(trail, "s3BucketName", bucket))) continue;
        on(bucket).part(() => {
          const locked = firstOf(partsOf(bucket, type, stack), ({ props }) =>
            isGiven(props.rule, "defaultRetention"),
          );
          if (!bucket.props.objectLockEnabled) {
            on(bucket).lacking("objectLockEnabled", "is not true: records can be deleted");
          } else if (!locked) {
            on(bucket).lacking("", "has no default retention: records can be deleted");
          }
        });
      }
    },
  },
];
