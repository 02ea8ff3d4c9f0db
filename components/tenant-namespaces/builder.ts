import type { TenantBuild } from "../section/tenant-build.ts";
import { TenantNamespaces } from "./kubernetes.ts";
import type { NamespacesSpec } from "./schema.ts";

export function build(
  spec: NamespacesSpec,
  { name, common, cluster, opts }: TenantBuild,
): TenantNamespaces {
  return new TenantNamespaces(name, { ...common, spec, cluster }, opts());
}
