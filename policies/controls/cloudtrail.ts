import type { Control } from "../control.ts";
import { anyFact, everyFact, firstOf, isGiven } from "../known-values.ts";
import { refuseOff, requireOn } from "../switches.ts";
import type { Props } from "../types.ts";

const trail = "aws:cloudtrail/trail:Trail";

export const cloudtrailControls: readonly Control[] = [
  {
    id: "CT1",
    policy: "ct1-enforce-all-regions",
    title: "Trails record all regions and global services",
    severity: "high",
    remedy:
      "set isMultiRegionTrail to true and keep includeGlobalServiceEvents and enableLogging true",
    requirements: {
      soc2: ["CC7.2"],
      "pci-dss-4": ["10.2.1"],
      hipaa: ["164.312(b)"],
      gdpr: ["25", "30"],
      sox: ["ITGC-operations"],
      "cis-aws": ["4.1"],
    },
    resources: {
      [trail]: (it, report) => {
        const elsewhere = "events in other regions are not recorded";
        requireOn("isMultiRegionTrail", () => it.isMultiRegionTrail, elsewhere, report);
        const global = "events of IAM and STS are not recorded";
        const path = "includeGlobalServiceEvents";
        refuseOff(path, () => it[path], global, report);
        refuseOff("enableLogging", () => it.enableLogging, "nothing is recorded", report);
      },
    },
  },
  {
    id: "CT2",
    policy: "ct2-enable-log-validation",
    title: "Trails have log file validation",
    severity: "medium",
    remedy: "set enableLogFileValidation to true",
    requirements: {
      soc2: ["CC7.2"],
      "pci-dss-4": ["10.3.4"],
      hipaa: ["164.312(c)(1)"],
      gdpr: ["25", "32"],
      sox: ["ITGC-operations"],
      "cis-aws": ["4.2"],
    },
    resources: {
      [trail]: (it, report) => {
        const path = "enableLogFileValidation";
        requireOn(path, () => it[path], "changed records cannot be detected", report);
      },
    },
  },
  {
    id: "CT3",
    policy: "ct3-missing-key",
    title: "Trails are encrypted with a customer managed key",
    severity: "medium",
    remedy: "set kmsKeyId to the ARN of a KMS key whose policy allows CloudTrail to use it",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["32"],
      "cis-aws": ["4.5"],
    },
    resources: {
      [trail]: (it, report) => {
        if (isGiven(it, "kmsKeyId")) return;
        report.lacking(
          "kmsKeyId",
          "is not set: anyone who can read the bucket can read the records",
        );
      },
    },
  },
  {
    id: "CT4",
    policy: "ct4-enable-object-events",
    title: "Trails record write events of S3 objects",
    severity: "low",
    remedy:
      'add an advanced event selector for eventCategory "Data" and resources.type "AWS::S3::Object", without readOnly or with readOnly "false"',
    requirements: {
      soc2: ["CC7.2"],
      "pci-dss-4": ["10.2.1"],
      hipaa: ["164.312(b)"],
      gdpr: ["30"],
      "cis-aws": ["4.8"],
    },
    resources: {
      [trail]: (it, report) => {
        const recorded = anyFact(
          () => firstOf(it.advancedEventSelectors, recordsWrites) !== undefined,
          () => firstOf(it.eventSelectors, recordsWritesBasically) !== undefined,
        );
        if (!recorded) {
          report.lacking(
            "advancedEventSelectors",
            "do not record write events of objects in all buckets",
          );
        }
      },
    },
  },
];

type Trail = Props<typeof trail>;
type Advanced = NonNullable<Trail["advancedEventSelectors"]>[number];
type Basic = NonNullable<Trail["eventSelectors"]>[number];

/** Selectors may exclude buckets, such as the archive itself, but must not list the included ones. */
function recordsWrites({ fieldSelectors }: Advanced): boolean {
  const equals = (field: string, value: string) => () =>
    firstOf(
      fieldSelectors,
      (one) => one.field === field && firstOf(one.equals, (it) => it === value) !== undefined,
    ) !== undefined;
  const narrowed = firstOf(
    fieldSelectors,
    (one) =>
      (one.field === "resources.ARN" && (isGiven(one, "equals") || isGiven(one, "startsWiths"))) ||
      (one.field === "readOnly" && firstOf(one.equals, (it) => it === "true") !== undefined),
  );
  return everyFact(
    equals("eventCategory", "Data"),
    equals("resources.type", "AWS::S3::Object"),
    () => narrowed === undefined,
  );
}

function recordsWritesBasically({ readWriteType, dataResources }: Basic): boolean {
  return everyFact(
    () => ["All", "WriteOnly"].includes(readWriteType ?? "All"),
    () =>
      firstOf(
        dataResources,
        ({ type, values }) =>
          type === "AWS::S3::Object" &&
          firstOf(values, (arn) => /^arn:[a-z-]+:s3(:::)?$/.test(arn)) !== undefined,
      ) !== undefined,
  );
}
