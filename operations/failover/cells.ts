/** The cells of a footprint in the format of a failover plan. Pure. */

import { physicalClusterName } from "../../components/cluster/facts-schema.ts";
import { locationOf } from "../../components/cluster/gcp-existing-schema.ts";
import { linksBetween, replicatedCell } from "../../footprint/across/replication.ts";
import type { Cell, Footprint } from "../../footprint/model.ts";
import { specInstances } from "../../footprint/specs/instances.ts";
import type { FailoverCell, FailoverLink } from "./runbook.ts";

/** The replication links between all cells of a footprint. */
export function failoverLinks({
  cells,
  registry,
}: Pick<Footprint, "cells" | "registry">): FailoverLink[] {
  const byName = new Map(cells.map((cell) => [cell.name, failoverCell(cell, registry)]));
  return linksBetween(cells).flatMap(({ from, to, ...link }) => {
    const [here, there] = [byName.get(from.name), byName.get(to.name)];
    return here && there ? [{ ...link, from: here, to: there }] : [];
  });
}

export function failoverCell(cell: Cell, registry: Footprint["registry"]): FailoverCell {
  const { environment, stack, specs } = cell;
  const { database } = specs;
  return {
    ...replicatedCell(cell),
    environment,
    stack,
    clusterName: physicalClusterName(specs.cluster),
    ...(specs.cloud === "gcp" &&
      specs.cluster.existing && { clusterLocation: locationOf(specs.cluster) }),
    writers: writersOf(cell),
    left: Object.assign(
      {},
      ...specInstances(cell, registry).map(
        ({ section, spec }) => section.notCopied?.(spec as never) ?? {},
      ),
    ),
    ...(database && { databaseName: database.databaseName }),
    ...(database && "generation" in database && { databaseGeneration: database.generation }),
    ...(database && "namespace" in database && { databaseNamespace: database.namespace }),
  };
}

/** Permissions that do not change replicated data. */
const reading = new Set(["consume", "decrypt", "read"]);

function writes(grants: readonly { readonly may: readonly string[] }[]): boolean {
  return grants.some(({ may }) => may.some((verb) => !reading.has(verb)));
}

/** Namespaces of workloads that may write, and those that on-premises brokers and databases admit. */
function writersOf({ specs }: Cell): string[] {
  const workloads = Object.values(specs.identity?.workloads ?? {});
  const writing = workloads.flatMap((workload) => {
    const grants = "grants" in workload ? workload.grants : [...workload.aws, ...workload.gcp];
    const account = "account" in workload && workload.account;
    return account || writes(grants) ? [workload.namespace] : [];
  });
  const clients =
    specs.cloud === "onprem"
      ? [...(specs.stream?.clientNamespaces ?? []), ...(specs.database?.clientNamespaces ?? [])]
      : [];
  return [...new Set([...writing, ...clients])].sort();
}
