/** What the whole cell, its environment and its neighbours tell each section, under the section's own names. */

import { type Cloud, defaultZones } from "../../components/core/cloud.ts";
import { nameIn, type Place } from "../../components/core/place.ts";
import type { Federation } from "../across/federation.ts";
import { nameSchema } from "../manifest/fields.ts";
import type { CellContext, PlacedCell } from "../model.ts";
import type { Section } from "./cell-sections.ts";
import { declaredResources, namesIn } from "./declared-resources.ts";

export type Facts = Readonly<Record<string, unknown>>;

export function factsOf(
  cell: PlacedCell,
  { lifetime, frameworks, neighbours, domains = [] }: CellContext,
  federated: Federation["resources"],
): Record<Section, Facts> {
  const place = placeOf(cell);
  const resources = declaredResources(cell);
  switch (cell.cloud) {
    case "aws": {
      const { cloud, account, region, cidr } = cell;
      const zones = cell.zones ?? defaultZones(cloud, region);
      const here = { cloud, account, region };
      const name = nameIn(place, "eks-cluster");
      return {
        network: {
          ...here,
          cidr,
          clusterName: name,
          privateDomains: domains,
          ...(cell.zones && { zones: cell.zones }),
        },
        cluster: { ...here, name },
        nodePools: here,
        // MSK stands in three zones at most.
        stream: { ...here, zones: zones.slice(0, 3) },
        eventSourcing: { ...here, frameworks },
        database: { ...here, zones, logicalReplication: hasOutbox(cell) },
        cache: here,
        objectStore: { ...here, lifetime, peers: peersOf(neighbours) },
        secrets: here,
        identity: { ...here, resources },
      };
    }
    case "gcp": {
      const { cloud, project, projectNumber, region, cidr } = cell;
      const zones = cell.zones ?? defaultZones(cloud, region);
      const here = { cloud, project, region };
      const numbered = { ...here, projectNumber };
      return {
        network: { ...here, cidr },
        cluster: { ...here, zones, name: nameIn(place, "gke-cluster") },
        nodePools: { ...here, zones, version: cell.cluster.version },
        stream: numbered,
        eventSourcing: { ...numbered, frameworks },
        database: { ...here, logicalReplication: hasOutbox(cell) },
        cache: here,
        objectStore: { ...numbered, lifetime, peers: peersOf(neighbours) },
        secrets: numbered,
        identity: { ...numbered, resources },
      };
    }
    case "onprem": {
      const { cloud, cidr } = cell;
      return {
        network: { cloud, cidr },
        cluster: { cloud, name: nameIn(place, "k8s-label"), nodes: nodesOf(cell.nodePools) },
        nodePools: { cloud },
        stream: { cloud },
        eventSourcing: { cloud, frameworks },
        database: { cloud },
        cache: { cloud },
        objectStore: { cloud },
        secrets: { cloud },
        identity: { cloud, resources: federated },
      };
    }
  }
}

/** Physical names are made of the cell's; one that is wrong is told by whoever read it, and must not hide the rest. */
function placeOf({ environment, name }: PlacedCell): Place {
  const sound = (text: string) => (nameSchema.safeParse(text).success ? text : "unnamed");
  return { environment: sound(environment), cell: sound(name) };
}

/** A connector that moves an outbox reads it from the database's log of changes. */
function hasOutbox({ eventSourcing }: PlacedCell): boolean {
  return (eventSourcing as { outbox?: unknown } | null | undefined)?.outbox !== undefined;
}

/** The nodes that the pools of an on-premises cell name; what is no list of names is the node pools' problem. */
function nodesOf(pools: Readonly<Record<string, unknown>>): unknown[] {
  return Object.values(pools).flatMap((pool) => {
    const nodes = (pool as { nodes?: unknown } | null)?.nodes;
    return Array.isArray(nodes) ? nodes : [];
  });
}

/** The neighbours as an object store knows them. */
function peersOf(neighbours: readonly PlacedCell[]): Record<string, unknown> {
  return Object.fromEntries(
    neighbours.map((cell) => {
      const written = cell.objectStore?.buckets as Readonly<Record<string, unknown>> | undefined;
      const buckets = namesIn(written).map((key) => [
        key,
        { locked: namesIn(written?.[key]).includes("lock") },
      ]);
      return [cell.name, { ...ownerOf(cell), buckets: Object.fromEntries(buckets) }];
    }),
  );
}

function ownerOf(cell: PlacedCell): { cloud: Cloud; owner: string; region: string } {
  switch (cell.cloud) {
    case "aws":
      return { cloud: cell.cloud, owner: cell.account, region: cell.region };
    case "gcp":
      return { cloud: cell.cloud, owner: cell.project, region: cell.region };
    case "onprem":
      return { cloud: cell.cloud, owner: cell.site, region: cell.site };
  }
}
