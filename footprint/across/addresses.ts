/** Blocks of the cells of an environment: pure checks and the registry that the environment's stack publishes. */

import {
  contains,
  nextFree,
  overlapping,
  overlaps,
  prefixOf,
  roomIn,
} from "../../components/core/cidr.ts";
import type { Problem } from "../../components/core/errors.ts";
import type { Cell, OnpremCellSpecs, PlacedCell, PlacedEnvironment } from "../model.ts";

type Placed = Pick<PlacedCell, "name" | "stack" | "cidr">;

/** The size proposed for a new cell: what a network over three zones with pods fits in comfortably. */
const usualPrefix = 16;

/**
 * What is wrong between blocks: outside the supernet, or over one another.
 *
 * @param asked the stack whose problem an overlap is, where it has a part in it
 */
export function addressProblems(
  environment: PlacedEnvironment,
  cells: readonly Placed[],
  asked?: string,
): Problem[] {
  const { supernet } = environment.addressSpace;
  const blocks = Object.fromEntries(cells.map(({ name, cidr }) => [name, cidr]));
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  const taken = Object.values(blocks).filter((block) => contains(supernet, block));
  const proposal = (cidr: string) => {
    const free = nextFree(supernet, taken, prefixOf(cidr));
    return free ? `; ${free} is free` : `; ${supernet} has no free /${prefixOf(cidr)} left`;
  };
  const outside = cells
    .filter(({ cidr }) => !contains(supernet, cidr))
    .map(({ stack, cidr }) => ({
      path: `Pulumi.${stack}.yaml: cidr`,
      message: `must lie in the environment's supernet ${supernet}${proposal(cidr)}`,
      got: cidr,
    }));
  const over = overlapping(blocks).flatMap((pair) => {
    const both = pair.flatMap((name) => byName.get(name) ?? []);
    const [other, cell] = both[0]?.stack === asked ? both.toReversed() : both;
    return cell === undefined || other === undefined
      ? []
      : {
          path: `Pulumi.${cell.stack}.yaml: cidr`,
          message: `must not overlap ${other.cidr} of cell "${other.name}"${proposal(cell.cidr)}`,
          got: cell.cidr,
        };
  });
  return [...outside, ...over];
}

/**
 * Services of EKS, and pods and services of a site, may have addresses that no route outside the cluster knows. They must not be
 * those of a cell: a pod would then never reach what stands there.
 */
export function serviceProblems(environment: PlacedEnvironment, cells: readonly Cell[]): Problem[] {
  const { supernet } = environment.addressSpace;
  return cells.flatMap(({ name, stack, specs }) => {
    if (specs.cloud === "onprem") return siteProblems(name, stack, specs.network, cells);
    if (specs.cloud !== "aws" || !overlaps(supernet, specs.cluster.serviceCidr)) return [];
    return {
      path: `Pulumi.${stack}.yaml: cluster.serviceCidr`,
      message: `must be apart from the environment's supernet ${supernet}`,
      got: specs.cluster.serviceCidr,
    };
  });
}

/** A site's pods and services may have blocks anywhere but in another cell's. */
function siteProblems(
  name: string,
  stack: string,
  { podCidr, serviceCidr }: OnpremCellSpecs["network"],
  cells: readonly Placed[],
): Problem[] {
  const others = cells.filter((cell) => cell.name !== name);
  return Object.entries({ podCidr, serviceCidr }).flatMap(([field, block]) =>
    others
      .filter(({ cidr }) => block !== undefined && overlaps(cidr, block))
      .map((other) => ({
        path: `Pulumi.${stack}.yaml: network.${field}`,
        message: `must be apart from ${other.cidr} of cell "${other.name}"`,
        got: block,
      })),
  );
}

/** The blocks of an environment's cells. */
export interface AddressRegistry {
  readonly supernet: string;
  /** Cell to its block. */
  readonly cells: Readonly<Record<string, string>>;
  /** Addresses of the supernet that no cell has, and the next block that a new cell can have; null when there is none. */
  readonly free: { readonly addresses: number; readonly next: string | null };
}

/** Who has which block, and what is left. */
export function addressRegistry(
  environment: PlacedEnvironment,
  cells: readonly Placed[],
): AddressRegistry {
  const { supernet } = environment.addressSpace;
  const blocks = Object.fromEntries(cells.map(({ name, cidr }) => [name, cidr]));
  const taken = Object.values(blocks);
  return {
    supernet,
    cells: blocks,
    free: {
      addresses: roomIn(supernet, taken).free,
      next: nextFree(supernet, taken, usualPrefix) ?? null,
    },
  };
}
