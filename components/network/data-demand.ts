/** Whether the data services of a cell on AWS have addresses in its isolated subnets. Pure. */

import type { z } from "zod";
import { addressesIn, type Cidr, prefixOf } from "../core/cidr.ts";
import type { Problem } from "../core/errors.ts";
import type { CheckedCell } from "../section/section.ts";
import type { networkSection } from "./schema.ts";

/** The addresses that services have at most in one isolated subnet, by the path of the section. */
export type DataDemand = Readonly<Record<string, number>>;

/**
 * Addresses of an isolated subnet that services do not have: five that AWS reserves, and those of copies of other cells, of MSK Replicator,
 * and of nodes and instances that are replaced.
 */
const notForServices = 5 + 16;

export function servicesIn(isolated: Cidr): number {
  return Math.max(0, addressesIn(isolated) - notForServices);
}

/** What the sections of a cell need in the subnets of one zone. */
export function addressesOf(
  { sections }: Pick<CheckedCell, "sections">,
  kind: "isolated" | "private",
  zones: number,
): DataDemand {
  return Object.fromEntries(
    sections.flatMap(({ section: { clouds }, path, spec }) => {
      const on = clouds.aws;
      const count = "unsupported" in on ? 0 : (on.addresses?.(spec as never, zones)[kind] ?? 0);
      return count === 0 ? [] : [[path, count] as const];
    }),
  );
}

export function total(demand: DataDemand): number {
  return Object.values(demand).reduce((sum, count) => sum + count, 0);
}

/** At most one problem, with the block that would be large enough. */
export function dataProblems(
  spec: z.output<(typeof networkSection)["aws"]>,
  demand: DataDemand,
): Problem[] {
  // Of an existing network they are known when it is looked up.
  if (spec.existing !== undefined) return [];
  const { cidr } = spec;
  const needed = total(demand);
  const prefix = prefixOf(cidr);
  if (needed <= roomIn(prefix)) return [];
  const larger = Array.from({ length: prefix - 16 }, (_, index) => prefix - 1 - index).find(
    (size) => roomIn(size) >= needed,
  );
  const block =
    larger === undefined
      ? "must be the block of fewer services: no larger one is possible"
      : `must be a /${larger} at least`;
  return [
    {
      path: "cidr",
      message: `${block}: ${shortOf(`an isolated subnet of a /${prefix}`, roomIn(prefix), demand)}`,
      got: cidr,
    },
  ];
}

/** Of an existing network, whose isolated subnets may differ. */
export function existingDataProblems(
  subnets: readonly { readonly path: string; readonly cidr: Cidr }[],
  demand: DataDemand,
): Problem[] {
  const needed = total(demand);
  return subnets
    .filter(({ cidr }) => servicesIn(cidr) < needed)
    .map(({ path, cidr }) => ({
      path,
      message: `must be larger: ${shortOf("it", servicesIn(cidr), demand)}`,
      got: cidr,
    }));
}

/** The isolated subnet of a zone is a sixteenth of the cell's block. */
function roomIn(prefix: number): number {
  return servicesIn(`10.0.0.0/${prefix + 4}`);
}

function shortOf(where: string, fits: number, demand: DataDemand): string {
  const parts = Object.entries(demand).map(([path, count]) => `${path} ${count}`);
  return `${where} has ${fits} addresses for data services, which need up to ${total(demand)} in one zone: ${parts.join(", ")}`;
}
