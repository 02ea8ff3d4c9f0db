import type { Control } from "../control.ts";
import {
  publicMembers,
  publicReason,
  refusePublicMember,
  refusePublicMembers,
} from "../gcp-members.ts";
import { unknownFromNowhere } from "../origins.ts";
import { requireOn } from "../switches.ts";

const memberType = "gcp:storage/bucketIAMMember:BucketIAMMember";
const bindingType = "gcp:storage/bucketIAMBinding:BucketIAMBinding";

export const cloudStorageControls: readonly Control[] = [
  {
    id: "GCS1",
    policy: "gcs1-disallow-public-buckets",
    title: "Cloud Storage buckets are not public and cannot be made public",
    severity: "critical",
    remedy:
      'set publicAccessPrevention to "enforced", and use users, groups or service accounts as members',
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
        const why = "anyone who can set permissions can make objects public";
        if (prevention === undefined) report.lacking(path, `is not set: ${why}`);
        else if (prevention !== "enforced") report.wrong(path, prevention, why);
      },
      [memberType]: refusePublicMember,
      [bindingType]: refusePublicMembers,
      "gcp:storage/bucketAccessControl:BucketAccessControl": ({ entity }, report) => {
        if (publicMembers.includes(entity)) report.wrong("entity", entity, publicReason);
      },
    },
    stack: unknownFromNowhere({ [memberType]: "member", [bindingType]: "members" }),
  },
  {
    id: "GCS2",
    policy: "gcs2-enforce-uniform-access",
    title: "Cloud Storage buckets use uniform bucket-level access",
    severity: "medium",
    remedy: "set uniformBucketLevelAccess to true",
    requirements: { soc2: ["CC6.3"], "pci-dss-4": ["7.2.1"], "cis-gcp": ["5.2"] },
    resources: {
      "gcp:storage/bucket:Bucket": (bucket, report) => {
        const path = "uniformBucketLevelAccess";
        const why = "object ACLs can grant access that the bucket's IAM policy does not";
        requireOn(path, () => bucket[path], why, report);
      },
    },
  },
];
