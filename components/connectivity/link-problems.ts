/** Problems of the address blocks of tunnels. Pure. */
import { contains, overlaps } from "../core/cidr.ts";
import type { Problem } from "../core/errors.ts";
import { freeLinkBlocks, isReserved, isVpn, type Link } from "./links.ts";
import type { ConnectivitySettings } from "./schema.ts";

/** A problem whose path is below `connectivity`. */
export interface Found extends Omit<Problem, "path"> {
  readonly at: readonly PropertyKey[];
}

export function linkProblems(
  { linkRange, tunnels }: ConnectivitySettings,
  links: readonly Link[],
): Found[] {
  const taken = links.filter(isVpn);
  const wrong = wrongLinks();
  // Computed only to suggest a free block.
  const free = wrong.length > 0 ? freeLinkBlocks(linkRange) : [];
  const next = free.find((block) => !taken.some((link) => overlaps(link.block, block)));
  const suggestion = next === undefined ? `; ${linkRange} has none left` : `; ${next} is free`;
  return wrong.map(({ key, block, message }) => ({
    at: ["tunnels", key],
    message: `${message}${suggestion}`,
    got: block,
  }));

  function wrongLinks() {
    return taken.flatMap(({ key, block }, index) => {
      const problem = (message: string) => [{ key, block, message }];
      if (isReserved(block)) return problem("must not overlap a block that AWS reserves");
      if (key in tunnels && !contains(linkRange, block)) {
        return problem(`must be inside linkRange ${linkRange}`);
      }
      const first = taken.slice(0, index).find((link) => overlaps(link.block, block));
      return first === undefined
        ? []
        : problem(`must not overlap ${first.block} of ${first.key}: set a block for ${key}`);
    });
  }
}
