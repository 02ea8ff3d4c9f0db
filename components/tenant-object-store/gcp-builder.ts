import type { TenantBuild } from "../section/tenant-build.ts";
import { keys } from "../tenant-keys/section.ts";
import { GcpTenantObjectStore } from "./gcp.ts";
import type { GcpTenantObjectStoreSpec } from "./schema.ts";

export function build(
  spec: GcpTenantObjectStoreSpec,
  { name, common, reference, needed, opts }: TenantBuild<"gcp">,
): GcpTenantObjectStore {
  const { shared } = spec;
  return new GcpTenantObjectStore(
    name,
    {
      ...common,
      spec,
      ...(shared === undefined
        ? { keyName: needed(keys).of("objects") }
        : { shared: reference("bucket", shared).apply(({ name: bucket }) => bucket as string) }),
    },
    opts(),
  );
}
