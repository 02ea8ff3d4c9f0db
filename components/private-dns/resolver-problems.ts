/** Whether the security groups of resolver endpoints have room for their rules. Pure. */
import type { Problem } from "../core/errors.ts";
import { countLimits } from "../core/service-limits.ts";
import type { DnsPlan, Neighbours } from "./plan.ts";

/** Every block has a rule for UDP and one for TCP. */
const mostBlocks = countLimits.rulesPerSecurityGroup / 2;

/** Sources of queries from other cells, and addresses that queries go to, each as blocks. */
export function resolverBlocks({ admits, forwards }: Neighbours) {
  return {
    inbound: new Set(Object.values(admits).flat()),
    outbound: new Set(
      Object.values(forwards).flatMap(({ targets }) => targets.map((target) => `${target}/32`)),
    ),
  };
}

/** A problem for each cell whose endpoints would need more rules than a security group has. */
export function resolverProblems({ cells }: Pick<DnsPlan, "cells">): Problem[] {
  return Object.entries(cells).flatMap(([name, cell]) => {
    if (cell.cloud !== "aws" || cell.resolvers === undefined) return [];
    const { inbound, outbound } = resolverBlocks(cell.resolvers);
    const most = Math.max(inbound.size, outbound.size);
    if (most <= mostBlocks) return [];
    const message = `must give "${name}" at most ${mostBlocks} addresses of other resolvers, for which a security group has rules: connect fewer cells, or name fewer resolvers of sites`;
    return [{ path: "connectivity.reachability", message, got: most }];
  });
}
