import { cluster } from "../cluster/section.ts";
import type { AwsBucketReference } from "../object-store/grant.ts";
import type { SectionBuild } from "../section/build.ts";
import { AwsTenantRole } from "./shared.ts";
import { type SharedRoleTier, sharedBuckets } from "./shared-role.ts";

/** Nothing, if the tiers of the environment give the shared role no permission on this cell. */
export function build(
  name: string,
  tiers: Readonly<Record<string, SharedRoleTier>>,
  { cell, common, needed, references, opts }: SectionBuild<"aws">,
): AwsTenantRole | undefined {
  const buckets = sharedBuckets(tiers).flatMap(
    (bucket) => (references.bucket?.[bucket] as AwsBucketReference | undefined) ?? [],
  );
  if (buckets.length === 0) return undefined;
  const { account, region } = cell;
  const { spec } = needed(cluster);
  return new AwsTenantRole(
    name,
    {
      ...common,
      cluster: { account, region, name: spec.existing?.name ?? spec.name, prefix: spec.name },
      buckets,
    },
    opts(),
  );
}
