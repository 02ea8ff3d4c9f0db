import type { types } from "@pulumi/aws";
import type { AwsBucketSettings } from "./aws-schema.ts";

type Rule = types.input.s3.BucketLifecycleConfigurationRule;

/** The lifecycle rules of a bucket. An empty filter selects all objects. */
export function lifecycleRules({
  tiering,
  lifecycle,
}: Pick<AwsBucketSettings, "tiering" | "lifecycle">): Rule[] {
  const { infrequentAfterDays, archiveAfterDays, expireAfterDays } = lifecycle;
  const transitions =
    tiering === "automatic"
      ? [{ days: 0, storageClass: "INTELLIGENT_TIERING" }]
      : [
          ...transition(infrequentAfterDays, "STANDARD_IA"),
          ...transition(archiveAfterDays, "GLACIER_IR"),
        ];
  return [
    rule("abort-uploads", {
      abortIncompleteMultipartUpload: { daysAfterInitiation: lifecycle.abortUploadsAfterDays },
    }),
    rule("old-versions", {
      noncurrentVersionExpiration: { noncurrentDays: lifecycle.oldVersionsDays },
      // Removes expired delete markers. S3 does not allow it together with days, and does it itself if objects expire.
      ...(expireAfterDays === undefined ? { expiration: { expiredObjectDeleteMarker: true } } : {}),
    }),
    ...(transitions.length > 0 ? [rule("tiers", { transitions })] : []),
    ...(expireAfterDays === undefined
      ? []
      : [rule("expire", { expiration: { days: expireAfterDays } })]),
  ];
}

function transition(days: number | undefined, storageClass: string) {
  return days === undefined ? [] : [{ days, storageClass }];
}

function rule(id: string, what: Partial<Rule>): Rule {
  return { id, status: "Enabled", filter: {}, ...what };
}
