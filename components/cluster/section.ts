/** The cluster of a cell, as a section of its manifest. */

import { nameIn, type PlannedName } from "../core/place.ts";
import type { Singleton } from "../core/singleton.ts";
import { podRangeOf } from "../network/onprem-schema.ts";
import {
  type AwsCell,
  awsPlace,
  type CellContext,
  cellName,
  type GcpCell,
  gcpPlace,
  namePlaceOf,
  type OnpremCell,
  type SectionCell,
  type Written,
  zonesOf,
} from "../section/cell.ts";
import { defineSection } from "../section/section.ts";
import { clusterChanges } from "./changes.ts";
import { awsExistingFacts, gcpExistingFacts, needsExistingNetwork } from "./existing-facts.ts";
import { onpremClusterSettings } from "./onprem-schema.ts";
import {
  awsClusterSettings,
  type ClusterSpec,
  clusterSection,
  gcpClusterSettings,
} from "./schema.ts";
import { clusterCosts, clusterSupply } from "./supply.ts";

export const cluster = defineSection({
  name: "cluster",
  component: "cluster",
  required: "written",
  clouds: {
    aws: {
      settings: awsClusterSettings,
      spec: clusterSection.aws,
      changes: clusterChanges.aws,
      facts: (cell: AwsCell, context: CellContext) => ({
        ...awsPlace(cell),
        name: nameIn(namePlaceOf(cell), "eks-cluster"),
        ...awsExistingFacts(cell, context),
      }),
      check: needsExistingNetwork,
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: gcpClusterSettings,
      spec: clusterSection.gcp,
      changes: clusterChanges.gcp,
      facts: (cell: GcpCell, context: CellContext) => ({
        ...gcpPlace(cell),
        zones: zonesOf(cell),
        name: nameIn(namePlaceOf(cell), "gke-cluster"),
        ...gcpExistingFacts(cell, context),
      }),
      check: needsExistingNetwork,
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      settings: onpremClusterSettings,
      spec: clusterSection.onprem,
      changes: clusterChanges.onprem,
      facts: (cell: OnpremCell) => ({
        cloud: cell.cloud,
        name: nameIn(namePlaceOf(cell), "k8s-label"),
        podCidr: podRangeOf(cell.cidr, cell.sections.network ?? {}),
      }),
      build: () => import("./onprem-section.ts"),
    },
  },
  supply: clusterSupply,
  costs: clusterCosts,
  names: clusterNames,
  singletons: fleetMembership,
  factsFor: {
    nodePools: ({ version }, { cloud }) => (cloud === "gcp" ? { version } : {}),
  },
  configKeys: (spec: ClusterSpec) =>
    spec.cloud === "onprem" ? { kubeconfig: spec.kubeconfig.configKey } : {},
  logRetention: [["logRetentionDays"]],
});

function clusterNames(_own: Written, cell: SectionCell): PlannedName[] {
  switch (cell.cloud) {
    case "aws":
      return [
        cellName(cell, "eks-cluster"),
        ...["cluster", "vpc-cni"].map((role) => cellName(cell, "iam-role", [role])),
      ];
    case "gcp": {
      const name = nameIn(namePlaceOf(cell), "gke-cluster");
      return [
        cellName(cell, "gke-cluster"),
        { kind: "gcp-service-account", parts: [name, "nodes"] },
      ];
    }
    case "onprem":
      return [];
  }
}

function fleetMembership({ fleet }: Written, cell: SectionCell): Singleton[] {
  if (cell.cloud !== "onprem" || typeof fleet !== "object" || fleet === null) return [];
  const { project, location = "global", membership } = fleet as Written;
  return [
    {
      id: `fleet-membership/${project}/${location}/${membership}`,
      path: "fleet.membership",
      what: `the fleet membership ${membership} of project ${project}`,
      rule: "must be the name of this cell's own membership",
    },
  ];
}
