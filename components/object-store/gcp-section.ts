import type { SectionBuild } from "../section/build.ts";
import { GcpObjectStore } from "./gcp.ts";
import type { GcpBucketReference } from "./grant.ts";
import type { GcpObjectStoreSpec } from "./schema.ts";

export function build(spec: GcpObjectStoreSpec, cell: SectionBuild<"gcp">): GcpObjectStore {
  return new GcpObjectStore(
    cell.name,
    { ...cell.common, spec, keyName: cell.key("objects") },
    cell.opts(),
  );
}

export function references({ buckets }: GcpObjectStore): Record<string, GcpBucketReference> {
  return Object.fromEntries(
    Object.entries(buckets).map(([key, { bucketName }]) => [key, { name: bucketName }]),
  );
}
