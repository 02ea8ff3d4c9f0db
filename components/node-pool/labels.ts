import type { WorkloadClass } from "./pool-schema.ts";

/** The label with a node's pool, for node selectors. */
export const poolLabel = "atoll.dev/pool";
/** The label with a node's workload class. */
export const classLabel = "atoll.dev/class";

/** The labels of a pool's nodes, common to all clouds. Those of the manifest come first, so that they cannot override these. */
export function nodeLabels(
  key: string,
  pool: { readonly class: WorkloadClass; readonly labels: Readonly<Record<string, string>> },
): Record<string, string> {
  return { ...pool.labels, [poolLabel]: key, [classLabel]: pool.class };
}
