/** The identities of a cell's workloads, as a section of its manifest. */
import { z } from "zod";
import { cache } from "../cache/section.ts";
import type { Problem } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { type AwsCell, awsPlace, type GcpCell, gcpNumberedPlace } from "../section/cell.ts";
import { type CheckedCell, defineSection } from "../section/section.ts";
import { type AwsIdentitySpec, awsIdentitySettings, awsIdentitySpec } from "./aws-schema.ts";
import type { IdentityContract } from "./contract.ts";
import { gcpIdentitySettings, gcpIdentitySpec } from "./gcp-schema.ts";
import { identityNames } from "./names.ts";
import { onpremIdentitySettings, onpremIdentitySpec } from "./onprem-schema.ts";
import { identitySingletons } from "./singletons.ts";

const named = z.record(z.string(), z.string());

/** The principal of each workload: a role's ARN, or a member of IAM policies. */
const outputs = z.object({ principals: named, members: named.optional() });

export const identity = defineSection({
  name: "identity",
  component: "identity",
  clouds: {
    aws: {
      settings: awsIdentitySettings,
      spec: awsIdentitySpec,
      facts: (cell: AwsCell) => awsPlace(cell),
      check: cacheUsers,
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: gcpIdentitySettings,
      spec: gcpIdentitySpec,
      facts: (cell: GcpCell) => gcpNumberedPlace(cell),
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      settings: onpremIdentitySettings,
      spec: onpremIdentitySpec,
      build: () => import("./onprem-section.ts"),
    },
  },
  grants: true,
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
