import { type Bucket, partsOf } from "../buckets.ts";
import type { Control } from "../control.ts";
import { allowsAnyone, type Statement, statementsOf } from "../iam-document.ts";
import { isUnknown } from "../known-values.ts";
import type { Report } from "../report.ts";
import type { Stack } from "../stack.ts";
import { requireOn } from "../switches.ts";

const switches = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;

const publicAcls = ["public-read", "public-read-write", "authenticated-read"];
const publicGroups = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;
const policyType = "aws:s3/bucketPolicy:BucketPolicy";

/** Controls of access to S3 buckets. */
export const s3AccessControls: readonly Control[] = [
  {
    id: "S31",
    policy: "s31-missing-public-access-block",
    title: "S3 buckets block public access with all four settings",
    severity: "high",
    remedy: `add a BucketPublicAccessBlock with ${switches.join(", ")} true`,
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.308(a)(3)(i)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-aws": ["3.1.4"],
    },
    repeated: true,
    resources: {
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": (block, report) => {
        for (const path of switches) {
          requireOn(path, () => block[path], "a mistake can make objects public", report);
        }
      },
    },
    stack: (stack, on) => {
      const type = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
      for (const bucket of stack.all("aws:s3/bucket:Bucket")) {
        if (partsOf(bucket, type, stack).length > 0) continue;
        on(bucket).lacking("", "has no public access block: a mistake can make objects public");
      }
    },
  },
  {
    id: "S34",
    policy: "s34-enforce-tls",
    title: "S3 buckets refuse requests without TLS",
    severity: "medium",
    remedy:
      'add a BucketPolicy that denies "s3:*" to "*" on the bucket and its objects where aws:SecureTransport is false',
    requirements: {
      soc2: ["CC6.7"],
      "pci-dss-4": ["4.2.1"],
      hipaa: ["164.312(e)(1)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
      "cis-aws": ["3.1.1"],
    },
    stack: (stack, on) => {
      for (const bucket of stack.all("aws:s3/bucket:Bucket")) {
        on(bucket).part(() => {
          if (refusesPlain(bucket, stack)) return;
          on(bucket).lacking("", "has no policy that refuses requests without TLS");
        });
      }
    },
  },
  {
    id: "S36",
    policy: "s36-disallow-public-objects",
    title: "Neither ACLs nor policies make S3 objects public",
    severity: "critical",
    remedy:
      "omit ACLs, and use accounts or roles as principals or add a condition on aws:PrincipalOrgID or aws:SourceVpce",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(a)(1)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
    },
    repeated: true,
    resources: {
      "aws:s3/bucket:Bucket": (bucket, report) => {
        report.part(() => publicAcl(bucket.acl, report));
        report.part(() => openPolicy(bucket.policy, report));
      },
      "aws:s3/bucketAcl:BucketAcl": (list, report) => {
        report.part(() => publicAcl(list.acl, report));
        const grants = list.accessControlPolicy?.grants;
        report.each("accessControlPolicy.grants", grants, ({ grantee }, path) => {
          const uri = grantee?.uri ?? "";
          if (publicGroups.test(uri)) report.wrong(`${path}.grantee.uri`, uri, publicReason);
        });
      },
      [policyType]: (holder, report) => {
        report.whenKnown(
          "policy",
          () => holder.policy,
          (policy) => openPolicy(policy, report),
        );
      },
    },
  },
];

const publicReason = "anyone can access the objects";

function publicAcl(acl: string | undefined, report: Report): void {
  if (acl !== undefined && publicAcls.includes(acl)) report.wrong("acl", acl, publicReason);
}

function openPolicy(policy: unknown, report: Report): void {
  for (const statement of statementsOf(policy).filter(allowsAnyone)) {
    report.wrong(`policy.${statement.path}.Principal`, "*", publicReason);
  }
}

/** A policy that is unknown in a preview contains ARNs of resources not created yet, possibly of another stack: the update judges it. */
function refusesPlain(bucket: Bucket, stack: Stack): boolean {
  const policies = partsOf(bucket, policyType, stack);
  if (policies.some(({ origin }) => isUnknown(() => origin.props.policy))) return true;
  return [bucket.props.policy, ...policies.map(({ props }) => props.policy)]
    .flatMap(statementsOf)
    .some(deniesPlain);
}

function deniesPlain(statement: Statement): boolean {
  const { effect, actions, principals, resources, conditions } = statement;
  return (
    effect === "Deny" &&
    principals.some(({ name }) => name === "*") &&
    actions.some((action) => action === "*" || action.toLowerCase() === "s3:*") &&
    resources.some((resource) => resource.endsWith("*")) &&
    conditions.some(
      ({ operator, key, values }) =>
        /^Bool(IfExists)?$/.test(operator) &&
        key === "aws:securetransport" &&
        values.includes("false"),
    )
  );
}
