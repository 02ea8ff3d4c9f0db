/** The identities of a cell's workloads, as a section of its manifest. */

import { z } from "zod";
import { cache } from "../cache/section.ts";
import type { Cloud } from "../core/cloud.ts";
import type { Problem } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { type AwsCell, awsPlace, type GcpCell, gcpNumberedPlace } from "../section/cell.ts";
import type { GrantKind } from "../section/grant.ts";
import { type CheckedCell, defineSection } from "../section/section.ts";
import type { Supply } from "../tenancy/capacity.ts";
import {
  type AwsIdentitySpec,
  awsIdentitySettingsWith,
  awsIdentitySpecWith,
} from "./aws-schema.ts";
import { identityChanges } from "./changes.ts";
import type { IdentityContract } from "./contract.ts";
import { projectMembersOf } from "./gcp-policy-size.ts";
import {
  type GcpIdentitySpec,
  gcpIdentitySettingsWith,
  gcpIdentitySpecWith,
} from "./gcp-schema.ts";
import { grantablesWith } from "./grant-schema.ts";
import { identityNames } from "./names.ts";
import { onpremIdentitySettingsWith, onpremIdentitySpecWith } from "./onprem-schema.ts";
import { identitySingletons } from "./singletons.ts";

const named = z.record(z.string(), z.string());

/** The principal of each workload: a role's ARN, or a member of IAM policies. */
const outputs = z.object({ principals: named, members: named.optional() });

/**
 * The section with the kinds of grants of a repository's own sections.
 *
 * @param own those kinds; only the repository's code knows their types
 */
export function identityWith(own: readonly GrantKind[]) {
  const kinds = grantablesWith(own);
  return defineSection({
    name: "identity",
    component: "identity",
    clouds: {
      aws: {
        settings: awsIdentitySettingsWith(kinds),
        spec: awsIdentitySpecWith(kinds),
        changes: identityChanges.aws,
        facts: (cell: AwsCell) => awsPlace(cell),
        check: cacheUsers,
        build: () => import("./aws-section.ts"),
      },
      gcp: {
        settings: gcpIdentitySettingsWith(kinds),
        spec: gcpIdentitySpecWith(kinds),
        changes: identityChanges.gcp,
        facts: (cell: GcpCell) => gcpNumberedPlace(cell),
        projectMembers: ({ workloads }: GcpIdentitySpec) => projectMembersOf(workloads, kinds),
        build: () => import("./gcp-section.ts"),
      },
      onprem: {
        settings: onpremIdentitySettingsWith(kinds),
        spec: onpremIdentitySpecWith(kinds),
        changes: identityChanges.onprem,
        build: () => import("./onprem-section.ts"),
      },
    },
    grants: true,
    // Each workload has an association with its role.
    supply: ({
      cloud,
      workloads,
    }: {
      readonly cloud: Cloud;
      readonly workloads: object;
    }): Supply[] =>
      cloud === "aws"
        ? [
            {
              resource: "podIdentityAssociations",
              takes: Object.keys(workloads).length,
              from: "workloads of the cell",
            },
          ]
        : [],
    names: identityNames,
    singletons: identitySingletons,
    // The account and region, or project, of the target cell of on-premises workloads.
    isReportedElsewhere: (field) =>
      /^(aws\.(account|region)|gcp\.(project|projectNumber|region))$/.test(field),
    outputs,
    outputsOf: ({ principals, members }: IdentityContract) => ({
      principals,
      ...(members && { members }),
    }),
    column: {
      title: "workloads",
      value: ({ principals, members }: z.output<typeof outputs>) =>
        Object.keys({ ...principals, ...members }).join(", "),
    },
  });
}

export const identity = identityWith([]);

/** A workload must authenticate to the cache as one of its users. */
function cacheUsers({ workloads }: AwsIdentitySpec, cell: CheckedCell): Problem[] {
  return Object.entries(workloads).flatMap(([key, { grants }]) =>
    grants.flatMap((grant, index) => {
      if (grant.kind !== "cache") return [];
      const known = Object.keys(cell.spec(cache, "aws", grant.name)?.users ?? {});
      if (known.includes(grant.user)) return [];
      return {
        path: `identity.workloads.${key}.grants[${index}].user`,
        message: `must be a user of the cell's cache${didYouMean(grant.user, known)}`,
        got: grant.user,
      };
    }),
  );
}
