/** How a cache of a tenant moves: it starts empty, because what a cache has can be computed again. Pure. */
import type { TenantMoves } from "../section/tenant-moves.ts";

/** Outside of AWS every cache is an instance or a release of the tenant, which only changes its size. */
export const cacheMoves: TenantMoves = {
  beside: (cloud, from, to) => cloud === "aws" && from !== to,
  plan: () => ({
    lost: "all keys: the new cache starts empty, and databases have more load until it is warm",
    lostBack: "keys that were written since the cut-over: the old cache has older values; clear it",
  }),
};
