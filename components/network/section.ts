/** The network of a cell, as a section of its manifest. */

import type { z } from "zod";
import { nameIn, type PlannedName } from "../core/place.ts";
import type { Singleton } from "../core/singleton.ts";
import type {
  AwsCell,
  CellContext,
  GcpCell,
  OnpremCell,
  SectionCell,
  Written,
} from "../section/cell.ts";
import { awsPlace, cellName, gcpPlace, namePlaceOf } from "../section/cell.ts";
import { type CheckedCell, defineSection } from "../section/section.ts";
import { inDeployedPlaces } from "./aws-zones.ts";
import { networkChanges } from "./changes.ts";
import { addressesOf, dataProblems } from "./data-demand.ts";
import { googleApisParts } from "./google-apis-name.ts";
import { networkSection, networkSettings } from "./schema.ts";
import { networkCosts, networkSupply } from "./supply.ts";

type AwsNetwork = z.output<(typeof networkSection)["aws"]>;

export const network = defineSection({
  name: "network",
  component: "network",
  required: "defaulted",
  clouds: {
    aws: {
      settings: networkSettings.aws,
      spec: networkSection.aws,
      changes: networkChanges.aws,
      facts: (cell: AwsCell, { domains = [] }: CellContext) => ({
        ...awsPlace(cell),
        cidr: cell.cidr,
        clusterName: nameIn(namePlaceOf(cell), "eks-cluster"),
        privateDomains: domains,
        ...(cell.zones && { zones: cell.zones }),
      }),
      settled: inDeployedPlaces,
      check: (spec: AwsNetwork, cell: CheckedCell) =>
        dataProblems(spec, addressesOf(cell, "isolated", spec.zones.length)),
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: networkSettings.gcp,
      spec: networkSection.gcp,
      changes: networkChanges.gcp,
      facts: (cell: GcpCell) => ({ ...gcpPlace(cell), cidr: cell.cidr }),
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      settings: networkSettings.onprem,
      spec: networkSection.onprem,
      changes: networkChanges.onprem,
      facts: ({ cloud, cidr }: OnpremCell) => ({ cloud, cidr }),
      build: () => import("./onprem-section.ts"),
    },
  },
  logRetention: [["flowLogs", "retentionDays"]],
  supply: networkSupply,
  costs: networkCosts,
  names: networkNames,
  singletons: publicAccess,
});

function networkNames({ existing }: Written, cell: SectionCell): PlannedName[] {
  if (cell.cloud === "onprem" || existing !== undefined) return [];
  if (cell.cloud === "aws") {
    return [
      cellName(cell, "iam-role", ["flow-logs"]),
      cellName(cell, "security-group", ["endpoints"]),
    ];
  }
  return [
    ...["vpc", "nodes", "router", "nat", "google-apis", "dns"].map((key) =>
      cellName(cell, "gcp-compute", [key]),
    ),
    { kind: "gcp-psc-endpoint", parts: googleApisParts(namePlaceOf(cell)) },
  ];
}

/** VPC Block Public Access is a setting of a whole region: the cell that is destroyed first would end it for the others. */
function publicAccess({ blockPublicIngress }: Written, cell: SectionCell): Singleton[] {
  if (cell.cloud !== "aws" || blockPublicIngress !== true) return [];
  const { account, region } = cell;
  return [
    {
      id: `vpc-block-public-access/${account}/${region}`,
      path: "blockPublicIngress",
      what: `VPC Block Public Access of account ${account} in ${region}`,
      rule: "must be true in one cell only: it applies to every network of the account and region",
    },
  ];
}
