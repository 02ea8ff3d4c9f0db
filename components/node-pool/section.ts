/** The node pools of a cell, as a section of its manifest: a map of pools by keys. */

import type { Problem } from "../core/errors.ts";
import type { PlannedName } from "../core/place.ts";
import { addressesOf, total } from "../network/data-demand.ts";
import {
  awsDemand,
  awsRoom,
  gcpDemand,
  gcpRoom,
  nodeProblems,
  siteNodeProblems,
} from "../network/node-demand.ts";
import { network } from "../network/section.ts";
import {
  type AwsCell,
  awsPlace,
  cellName,
  type GcpCell,
  gcpPlace,
  type SectionCell,
  type Written,
  zonesOf,
} from "../section/cell.ts";
import { type CheckedCell, defineSection } from "../section/section.ts";
import { nodePoolChanges } from "./changes.ts";
import { nodePoolCosts } from "./costs.ts";
import { planNodePools } from "./gcp-plan.ts";
import {
  type AwsNodePoolsSpec,
  awsNodePoolsSpec,
  type GcpNodePoolsSpec,
  gcpNodePoolsSpec,
  type OnpremNodePoolsSpec,
  onpremNodePoolsSpec,
} from "./schema.ts";
import { nodePoolSupply } from "./supply.ts";

export const nodePools = defineSection({
  name: "nodePools",
  component: "node-pools",
  required: "written",
  clouds: {
    aws: {
      spec: awsNodePoolsSpec,
      entries: "pools",
      changes: nodePoolChanges.aws,
      facts: (cell: AwsCell) => awsPlace(cell),
      check: ({ pools }: AwsNodePoolsSpec, cell: CheckedCell) => {
        const spec = cell.spec(network, "aws");
        if (spec === undefined) return [];
        const zones = spec.zones.length;
        const workers = total(addressesOf(cell, "private", zones));
        return nodeProblems(awsDemand(pools, zones), awsRoom(spec, workers));
      },
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      spec: gcpNodePoolsSpec,
      entries: "pools",
      changes: nodePoolChanges.gcp,
      facts: (cell: GcpCell) => ({ ...gcpPlace(cell), zones: zonesOf(cell) }),
      check: ({ pools, zones }: GcpNodePoolsSpec, cell: CheckedCell) => {
        const spec = cell.spec(network, "gcp");
        if (spec === undefined) return [];
        return nodeProblems(gcpDemand(planNodePools(pools, zones.length)), gcpRoom(spec));
      },
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      spec: onpremNodePoolsSpec,
      entries: "pools",
      changes: nodePoolChanges.onprem,
      check: (spec: OnpremNodePoolsSpec, cell: CheckedCell) => [
        ...roomForData(spec, cell),
        ...roomForNodes(spec, cell),
      ],
      build: () => import("./onprem-section.ts"),
    },
  },
  names: poolNames,
  supply: nodePoolSupply,
  costs: nodePoolCosts,
  factsFor: {
    cluster: (pools, { cloud }) =>
      cloud === "onprem" ? { nodes: nodesOf(pools), zonedNodes: nodesOf(statefulIn(pools)) } : {},
  },
});

/** The nodes in the pools of an on-premises cell. Invalid lists are reported by the schema. */
function nodesOf(pools: Readonly<Record<string, unknown>>): unknown[] {
  return Object.values(pools).flatMap((pool) => {
    const nodes = (pool as { nodes?: unknown } | null)?.nodes;
    return Array.isArray(nodes) ? nodes : [];
  });
}

function statefulIn(pools: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(pools).filter(
      ([, pool]) => (pool as { class?: unknown } | null)?.class === "stateful",
    ),
  );
}

/** Stateful services need nodes of class "stateful", one for each pod of a kind. */
function roomForData({ pools }: OnpremNodePoolsSpec, { sections }: CheckedCell): Problem[] {
  const asking = sections.flatMap(({ section, path, spec }) => {
    const counts = section.statefulNodes?.(spec as never);
    return counts ? [{ path, counts }] : [];
  });
  const nodes = Object.values(pools)
    .filter((pool) => pool.class === "stateful")
    .reduce((sum, pool) => sum + pool.nodes.length, 0);
  if (asking.length > 0 && nodes === 0) {
    const names = asking.map(({ path }) => path).join(", ");
    const message = `must have a pool of class "stateful", whose nodes hold the data of ${names}`;
    return [{ path: "nodePools", message }];
  }
  return asking.flatMap(({ path, counts }) =>
    Object.entries(counts)
      .filter(([, count]) => count > nodes)
      .map(([field, count]) => ({
        path: `${path}.${field}`,
        message: `must be at most ${nodes}, the nodes of pools of class "stateful": no two run on one`,
        got: count,
      })),
  );
}

function roomForNodes({ pools }: OnpremNodePoolsSpec, cell: CheckedCell): Problem[] {
  const spec = cell.spec(network, "onprem");
  const nodes = Object.values(pools).reduce((sum, pool) => sum + pool.nodes.length, 0);
  return spec ? siteNodeProblems(nodes, spec) : [];
}

function poolNames(pools: Written, cell: SectionCell): PlannedName[] {
  if (cell.cloud !== "aws") return [];
  return [
    ...["nodes-system", "nodes-karpenter", "karpenter", "ebs-csi"].map((role) =>
      cellName(cell, "iam-role", [role]),
    ),
    cellName(cell, "sqs-queue", ["interruptions"]),
    ...Object.keys(pools).map((key) => cellName(cell, "launch-template", [key], key)),
  ];
}
