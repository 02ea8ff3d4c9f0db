import type { TenantBuild } from "../section/tenant-build.ts";
import { AwsTenantKeys } from "./aws.ts";
import { sharedKeys, type TenantKeys } from "./contract.ts";
import type { AwsTenantKeysSpec } from "./schema.ts";

export function build(
  spec: AwsTenantKeysSpec,
  { name, common, key, opts }: TenantBuild<"aws">,
): TenantKeys {
  if (spec.isolation === "pool") return sharedKeys(key);
  return new AwsTenantKeys(name, { ...common, spec }, opts());
}
