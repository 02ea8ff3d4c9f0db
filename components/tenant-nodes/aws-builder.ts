import type { TenantBuild } from "../section/tenant-build.ts";
import { AwsTenantNodes } from "./aws.ts";
import type { AwsTenantNodesSpec } from "./schema.ts";

/** Nothing, if the tenant shares the nodes of the cell. */
export function build(
  { pool, ...spec }: AwsTenantNodesSpec,
  { name, common, cluster, opts }: TenantBuild<"aws">,
): AwsTenantNodes | undefined {
  if (pool === undefined) return undefined;
  return new AwsTenantNodes(name, { ...common, spec: { ...spec, pool }, cluster }, opts());
}
