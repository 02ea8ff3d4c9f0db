import type { SectionBuild } from "../section/build.ts";
import { GcpObjectStore } from "./gcp.ts";
import { lookUpGcpBuckets } from "./gcp-existing.ts";
import type { GcpBucketReference } from "./grant.ts";
import type { GcpObjectStoreSpec } from "./schema.ts";

export async function build(
  spec: GcpObjectStoreSpec,
  cell: SectionBuild<"gcp">,
): Promise<GcpObjectStore> {
  const facts = await lookUpGcpBuckets(spec, cell.lookUp());
  return new GcpObjectStore(
    cell.name,
    { ...cell.common, spec, facts, keyName: cell.key("objects") },
    cell.opts(),
  );
}

export function references({ buckets }: GcpObjectStore): Record<string, GcpBucketReference> {
  return Object.fromEntries(
    Object.entries(buckets).map(([key, { bucketName }]) => [key, { name: bucketName }]),
  );
}
