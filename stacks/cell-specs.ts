/** From a cell's manifest to the specs of its components: each section joined with what the whole cell knows. */
import { z } from "zod";
import { awsClusterSpec, gcpClusterSpec, onpremClusterSpec } from "../components/cluster/schema.ts";
import { clouds, defaultZones } from "../components/core/cloud.ts";
import type { Problem } from "../components/core/errors.ts";
import { nameIn, type Place } from "../components/core/place.ts";
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
import { nameSchema } from "./manifest-fields.ts";
import { unknownSettings } from "./unknown-settings.ts";

/** The sections of a manifest that are handed to components, by the fields they stand in. */
const sections = ["network", "cluster", "nodePools"] as const;
type Section = (typeof sections)[number];
/** Those that hold settings by name; node pools hold pools by keys of their own. */
const settled = ["network", "cluster"] as const;

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
  const written = { network: { ...cell.network }, cluster: { ...cell.cluster } };
  const misplaced = settled.flatMap((section) => {
    const unknown = unknownSettings(section, cell.cloud, cell[section]);
    for (const key of unknown.keys()) delete written[section][key];
    return [...unknown].map(([key, problem]) => ({
      path: `${file}: ${section}.${key}`,
      ...problem,
      ...(key in facts[section] ? { message: "must not be here: the cell itself says it" } : {}),
    }));
  });
  const { spec, problems: found } = checkSpec<(typeof schemas)[keyof typeof schemas]>(
    schemas[cell.cloud],
    {
      cloud: cell.cloud,
      network: { ...written.network, ...facts.network },
      cluster: { ...written.cluster, ...facts.cluster },
      nodePools: { ...facts.nodePools, pools: cell.nodePools },
    },
    file,
  );
  problems.push(
    ...misplaced,
    ...distinct(
      found
        // The pools that name the nodes are told of them.
        .filter(({ path }) => !path.startsWith(`${file}: cluster.nodes`))
        .map((problem) => inManifestTerms(problem, file, facts)),
    ),
  );
  return misplaced.length === 0 ? spec : undefined;
}

/**
 * The problems in the sections of a cell's manifest that is wrong elsewhere, so that all are told at once. What depends on a wrong
 * field is not looked at.
 *
 * @param told the problems that are known
 */
export function sectionProblems(
  manifest: Readonly<Record<string, unknown>>,
  names: Pick<PlacedCell, "environment" | "name" | "stack">,
  file: string,
  told: readonly Problem[],
): Problem[] {
  const cloud = clouds.find((known) => known === manifest.cloud);
  if (cloud === undefined) return [];
  const fieldOf = ({ path }: Problem) => path.slice(file.length + 2).split(/[.[]/, 1)[0] ?? "";
  const wrong = new Set(told.map(fieldOf));
  const sound = Object.entries(manifest).filter(([field]) => !wrong.has(field));
  const rest = { network: {}, cluster: {}, nodePools: {}, ...Object.fromEntries(sound) };
  const problems: Problem[] = [];
  // Every field that is left has passed its schema; of those that are missing the sections' schemas say so.
  cellSpecs({ ...rest, ...names, cloud } as PlacedCell, file, problems);
  return problems.filter((problem) => {
    const field = fieldOf(problem);
    return sections.some((section) => section === field) && !wrong.has(field);
  });
}

/** Physical names are made of the cell's; one that is wrong is told by whoever read it, and must not hide the rest. */
function placeOf({ environment, name }: PlacedCell): Place {
  const sound = (text: string) => (nameSchema.safeParse(text).success ? text : "unnamed");
  return { environment: sound(environment), cell: sound(name) };
}

function factsOf(cell: PlacedCell): Record<Section, Facts> {
  const place = placeOf(cell);
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
