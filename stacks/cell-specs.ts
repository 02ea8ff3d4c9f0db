/** From a cell's manifest to the specs of its components: each section joined with what the whole cell knows. */
import { z } from "zod";
import { awsClusterSpec, gcpClusterSpec, onpremClusterSpec } from "../components/cluster/schema.ts";
import { defaultZones } from "../components/core/cloud.ts";
import type { Problem } from "../components/core/errors.ts";
import { nameIn } from "../components/core/place.ts";
import { checkSpec } from "../components/core/spec.ts";
import {
  awsNetworkSchema,
  gcpNetworkSchema,
  onpremNetworkSchema,
} from "../components/network/schema.ts";
import {
  awsNodePoolsSpec,
  gcpNodePoolsSpec,
  onpremNodePoolsSpec,
} from "../components/node-pool/schema.ts";
import type { PlacedCell } from "./footprint.ts";

/** The sections of a manifest that are handed to components, by the fields they stand in. */
const sections = ["network", "cluster", "nodePools"] as const;
type Section = (typeof sections)[number];

const schemas = {
  aws: z.object({
    cloud: z.literal("aws"),
    network: awsNetworkSchema,
    cluster: awsClusterSpec,
    nodePools: awsNodePoolsSpec,
  }),
  gcp: z.object({
    cloud: z.literal("gcp"),
    network: gcpNetworkSchema,
    cluster: gcpClusterSpec,
    nodePools: gcpNodePoolsSpec,
  }),
  onprem: z.object({
    cloud: z.literal("onprem"),
    network: onpremNetworkSchema,
    cluster: onpremClusterSpec,
    nodePools: onpremNodePoolsSpec,
  }),
} as const;

export type CellSpecs = z.output<(typeof schemas)[keyof typeof schemas]>;

/** What the whole cell tells a section, under the section's own names. */
type Facts = Readonly<Record<string, unknown>>;

/** Checks the sections of a cell's manifest; undefined when one has a problem, which is then added to `problems`. */
export function cellSpecs(
  cell: PlacedCell,
  file: string,
  problems: Problem[],
): CellSpecs | undefined {
  const facts = factsOf(cell);
  const written: Record<Section, Facts> = { ...cell, nodePools: {} };
  const restated = sections.flatMap((section) =>
    Object.keys(written[section])
      .filter((key) => key in facts[section])
      .map((key) => ({
        path: `${file}: ${section}.${key}`,
        message: "must not be here: the cell itself says it",
        got: written[section][key],
      })),
  );
  const { spec, problems: found } = checkSpec<(typeof schemas)[keyof typeof schemas]>(
    schemas[cell.cloud],
    {
      cloud: cell.cloud,
      network: { ...cell.network, ...facts.network },
      cluster: { ...cell.cluster, ...facts.cluster },
      nodePools: { ...facts.nodePools, pools: cell.nodePools },
    },
    file,
  );
  problems.push(
    ...restated,
    ...distinct(found.map((problem) => inManifestTerms(problem, file, facts))),
  );
  return restated.length === 0 ? spec : undefined;
}

function factsOf(cell: PlacedCell): Record<Section, Facts> {
  const place = { environment: cell.environment, cell: cell.name };
  switch (cell.cloud) {
    case "aws": {
      const { cloud, account, region, cidr, zones } = cell;
      const name = nameIn(place, "eks-cluster");
      return {
        network: { cloud, account, region, cidr, clusterName: name, ...(zones && { zones }) },
        cluster: { cloud, account, region, name },
        nodePools: { cloud, account, region },
      };
    }
    case "gcp": {
      const { cloud, project, region, cidr } = cell;
      const zones = cell.zones ?? defaultZones(cloud, region);
      return {
        network: { cloud, project, region, cidr },
        cluster: { cloud, project, region, zones, name: nameIn(place, "gke-cluster") },
        nodePools: { cloud, project, region, zones, version: cell.cluster.version },
      };
    }
    case "onprem": {
      const { cloud, cidr } = cell;
      return {
        network: { cloud, cidr },
        cluster: { cloud, name: nameIn(place, "k8s-label"), nodes: nodesOf(cell.nodePools) },
        nodePools: { cloud },
      };
    }
  }
}

/** The nodes that the pools of an on-premises cell name; what is no list of names is the node pools' problem. */
function nodesOf(pools: Readonly<Record<string, unknown>>): unknown[] {
  return Object.values(pools).flatMap((pool) => {
    const nodes = (pool as { nodes?: unknown } | null)?.nodes;
    return Array.isArray(nodes) ? nodes : [];
  });
}

/** The path as the author of the manifest knows it: facts stand at the top of the cell, pools right below `nodePools`. */
function inManifestTerms(problem: Problem, file: string, facts: Record<Section, Facts>): Problem {
  const path = problem.path.slice(file.length + 2);
  const section = sections.find((name) => path === name || path.startsWith(`${name}.`));
  if (section === undefined) return problem;
  const rest = path.slice(section.length + 1);
  const field = rest.split(/[.[]/, 1)[0] ?? "";
  if (field in facts[section]) return { ...problem, path: `${file}: ${rest}` };
  return section === "nodePools" && field === "pools"
    ? { ...problem, path: `${file}: nodePools${rest.slice("pools".length)}` }
    : problem;
}

/** A wrong region is wrong for every section; it is said once. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [
    ...new Map(
      problems.map((problem) => [`${problem.path}\n${problem.message}`, problem]),
    ).values(),
  ];
}
