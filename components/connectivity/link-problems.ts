/** What is wrong with the blocks that tunnels are addressed from. Pure. */
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
  // All blocks are looked at only to tell a cure.
  const free = wrong.length > 0 ? freeLinkBlocks(linkRange) : [];
  const next = free.find((block) => !taken.some((link) => overlaps(link.block, block)));
  const cure = next === undefined ? `; ${linkRange} has none left` : `; ${next} is free`;
  return wrong.map(({ key, block, message }) => ({
    at: ["tunnels", key],
    message: `${message}${cure}`,
    got: block,
  }));

  function wrongLinks() {
    return taken.flatMap(({ key, block }, index) => {
      const said = (message: string) => [{ key, block, message }];
      if (isReserved(block)) return said("must not lie over what AWS keeps to itself");
      if (key in tunnels && !contains(linkRange, block)) {
        return said(`must lie in linkRange ${linkRange}`);
      }
      const first = taken.slice(0, index).find((link) => overlaps(link.block, block));
      return first === undefined
        ? []
        : said(`must not overlap ${first.block} of ${first.key}: state a block for ${key}`);
    });
  }
}
