/** CIDR blocks of an environment's cells: their checks, and the registry that the environment's stack publishes. Pure. */

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

/** The size proposed for a new cell: enough for a network over three zones with pods. */
const usualPrefix = 16;

/**
 * Problems of blocks outside the supernet and of overlaps.
 *
 * @param asked the stack that reports an overlap that it is part of
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
 * Services of EKS, and pods and services of a site, may have addresses that are not routed outside the cluster. They must not
 * overlap a cell's block: pods could not reach that cell.
 */
export function serviceProblems(environment: PlacedEnvironment, cells: readonly Cell[]): Problem[] {
  const { supernet } = environment.addressSpace;
  return cells.flatMap(({ name, stack, specs }) => {
    if (specs.cloud === "onprem") return siteProblems(name, stack, specs.network, cells);
    if (specs.cloud !== "aws" || specs.cluster.existing) return [];
    if (!overlaps(supernet, specs.cluster.serviceCidr)) return [];
    return {
      path: `Pulumi.${stack}.yaml: cluster.serviceCidr`,
      message: `must not overlap the environment's supernet ${supernet}`,
      got: specs.cluster.serviceCidr,
    };
  });
}

/** Blocks of a site's pods and services must not overlap another cell's. */
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
        message: `must not overlap ${other.cidr} of cell "${other.name}"`,
        got: block,
      })),
  );
}

/** The blocks of an environment's cells. */
export interface AddressRegistry {
  readonly supernet: string;
  /** Cell to its block. */
  readonly cells: Readonly<Record<string, string>>;
  /** Free addresses of the supernet, and the next free block for a new cell; null when there is none. */
  readonly free: { readonly addresses: number; readonly next: string | null };
}

/** The cells' blocks and the free space. */
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
