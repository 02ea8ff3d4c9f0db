/** How keys of a tenant move: a key is never copied; data is encrypted with the other key when it is copied. Pure. */
import type { TenantMoves } from "../section/tenant-moves.ts";

/** A bridge and a silo have the same own key. */
export const keysMoves: TenantMoves = {
  beside: (cloud, from, to) => cloud !== "onprem" && (from === "pool") !== (to === "pool"),
  // Google Cloud never releases names of keys.
  deleted: (cloud, left, { edition = 1 }: { readonly edition?: number }) =>
    cloud === "gcp" && left !== "pool" ? { edition: edition + 1 } : {},
  plan: ({ from }) => ({
    lost:
      from.isolation === "pool"
        ? "nothing: the environment's key stays"
        : "when the old key is deleted at the end of its window, backups and copies that it encrypts",
    lostBack: "nothing",
  }),
};
