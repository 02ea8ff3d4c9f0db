import type { AwsBucketReference } from "../object-store/grant.ts";
import type { TenantBuild } from "../section/tenant-build.ts";
import { keys } from "../tenant-keys/section.ts";
import { AwsTenantObjectStore } from "./aws.ts";
import type { AwsTenantObjectStoreSpec } from "./schema.ts";

export function build(
  spec: AwsTenantObjectStoreSpec,
  { name, common, reference, needed, opts }: TenantBuild<"aws">,
): AwsTenantObjectStore {
  const { shared } = spec;
  return new AwsTenantObjectStore(
    name,
    {
      ...common,
      spec,
      ...(shared === undefined
        ? { keyArn: needed(keys).of("objects") }
        : { shared: sharedBucket(reference("bucket", shared), spec) }),
    },
    opts(),
  );
}

function sharedBucket(
  reference: ReturnType<TenantBuild["reference"]>,
  { withoutKey }: AwsTenantObjectStoreSpec,
): AwsBucketReference {
  const arn = reference.apply((found) => found.arn as string);
  return withoutKey ? { arn } : { arn, keyArn: reference.apply((found) => found.keyArn as string) };
}
