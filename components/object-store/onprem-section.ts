import type { SectionBuild } from "../section/build.ts";
import { OnpremObjectStore } from "./onprem.ts";
import type { OnpremObjectStoreSpec } from "./schema.ts";

export function build(
  spec: OnpremObjectStoreSpec,
  { name, common, opts }: SectionBuild<"onprem">,
): OnpremObjectStore {
  return new OnpremObjectStore(name, { ...common, spec }, opts());
}
