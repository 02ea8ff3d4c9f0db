import type { WorkloadClass } from "./pool-schema.ts";

/** The label that says which pool a node is of; workloads select pools by it. */
export const poolLabel = "atoll.dev/pool";
/** The label that says what a node is for. */
export const classLabel = "atoll.dev/class";

/** The labels of a pool's nodes, the same on all clouds; those of the manifest first, so that they cannot hide ours. */
export function nodeLabels(
  key: string,
  pool: { readonly class: WorkloadClass; readonly labels: Readonly<Record<string, string>> },
): Record<string, string> {
  return { ...pool.labels, [poolLabel]: key, [classLabel]: pool.class };
}
