import { cluster } from "../cluster/section.ts";
import type { Cloud } from "../core/cloud.ts";
import type { SectionBuild } from "../section/build.ts";
import { type ClusterTier, TenantTiers } from "./shared.ts";

export function build(
  name: string,
  tiers: Readonly<Record<string, ClusterTier>>,
  { common, needed, opts }: SectionBuild<Cloud>,
): TenantTiers {
  return new TenantTiers(name, { ...common, tiers, cluster: needed(cluster) }, opts());
}
