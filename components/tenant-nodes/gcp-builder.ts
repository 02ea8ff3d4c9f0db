import type { TenantBuild } from "../section/tenant-build.ts";
import { GcpTenantNodes } from "./gcp.ts";
import type { GcpTenantNodesSpec } from "./schema.ts";

/** Nothing, if the tenant shares the nodes of the cell. */
export function build(
  { pool, ...spec }: GcpTenantNodesSpec,
  { name, common, key, opts }: TenantBuild<"gcp">,
): GcpTenantNodes | undefined {
  if (pool === undefined) return undefined;
  const volumesKey = key("volumes");
  return new GcpTenantNodes(name, { ...common, spec: { ...spec, pool }, volumesKey }, opts());
}
