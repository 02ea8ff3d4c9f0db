import type { Control } from "../control.ts";
import { everybody, reached, refusePublicMember, refusePublicMembers } from "../gcp-members.ts";
import { unknownFromNowhere } from "../origins.ts";
import { requireOn } from "../switches.ts";

const memberType = "gcp:storage/bucketIAMMember:BucketIAMMember";
const bindingType = "gcp:storage/bucketIAMBinding:BucketIAMBinding";

export const cloudStorageControls: readonly Control[] = [
  {
    id: "GCS1",
    policy: "gcs1-disallow-public-buckets",
    title: "Buckets of Cloud Storage are not public and cannot be made so",
    severity: "critical",
    remedy:
      'set publicAccessPrevention to "enforced", and name users, groups or service accounts as members',
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(a)(1)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-gcp": ["5.1"],
    },
    repeated: true,
    resources: {
      "gcp:storage/bucket:Bucket": ({ publicAccessPrevention: prevention }, report) => {
        const path = "publicAccessPrevention";
        const why = "whoever may set permissions may make objects public";
        if (prevention === undefined) report.lacking(path, `is not given: ${why}`);
        else if (prevention !== "enforced") report.wrong(path, prevention, why);
      },
      [memberType]: refusePublicMember,
      [bindingType]: refusePublicMembers,
      "gcp:storage/bucketAccessControl:BucketAccessControl": ({ entity }, report) => {
        if (everybody.includes(entity)) report.wrong("entity", entity, reached);
      },
    },
    stack: unknownFromNowhere({ [memberType]: "member", [bindingType]: "members" }),
  },
  {
    id: "GCS2",
    policy: "gcs2-enforce-uniform-access",
    title: "Buckets of Cloud Storage know permissions of IAM only",
    severity: "medium",
    remedy: "set uniformBucketLevelAccess to true",
    requirements: { soc2: ["CC6.3"], "pci-dss-4": ["7.2.1"], "cis-gcp": ["5.2"] },
    resources: {
      "gcp:storage/bucket:Bucket": (bucket, report) => {
        const path = "uniformBucketLevelAccess";
        const why = "lists of single objects may let in whom the bucket does not";
        requireOn(path, () => bucket[path], why, report);
      },
    },
  },
];
