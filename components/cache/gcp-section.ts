import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { GcpCache } from "./gcp.ts";
import type { GcpCacheReference } from "./grant.ts";
import type { GcpCacheSpec } from "./schema.ts";

export function build(spec: GcpCacheSpec, cell: SectionBuild<"gcp">): GcpCache {
  return new GcpCache(
    cell.name,
    { ...cell.common, spec, network: cell.needed(network), keys: { data: cell.key("caches") } },
    // Its endpoints are created by the connection policy of the main cache.
    cell.opts(cell.main ? { dependsOn: cell.main } : {}),
  );
}

export function references({ instanceName }: GcpCache): Record<string, GcpCacheReference> {
  return { main: { instance: instanceName } };
}
