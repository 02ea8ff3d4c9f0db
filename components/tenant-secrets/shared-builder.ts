import { cluster } from "../cluster/section.ts";
import type { Cloud } from "../core/cloud.ts";
import { secrets } from "../secrets/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { TenantSecretsPolicy } from "./shared.ts";

/** Nothing, if the cell has no secrets. */
export function build(
  name: string,
  _tiers: unknown,
  { common, built, needed, opts }: SectionBuild<Cloud>,
): TenantSecretsPolicy | undefined {
  if (built(secrets) === undefined) return undefined;
  return new TenantSecretsPolicy(name, { ...common, cluster: needed(cluster) }, opts());
}
