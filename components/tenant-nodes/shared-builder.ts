import { cluster } from "../cluster/section.ts";
import type { Cloud } from "../core/cloud.ts";
import type { SectionBuild } from "../section/build.ts";
import type { Isolation } from "../tenancy/isolation.ts";
import { TenantNodesPolicy } from "./shared.ts";

/** Nothing, if no tier has nodes of its own. */
export function build(
  name: string,
  tiers: Readonly<Record<string, { readonly isolation: Readonly<Record<string, Isolation>> }>>,
  { common, needed, opts }: SectionBuild<Cloud>,
): TenantNodesPolicy | undefined {
  const own = Object.entries(tiers).flatMap(([tier, { isolation }]) =>
    isolation.nodes === "silo" ? [tier] : [],
  );
  if (own.length === 0) return undefined;
  return new TenantNodesPolicy(name, { ...common, tiers: own, cluster: needed(cluster) }, opts());
}
