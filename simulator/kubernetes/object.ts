/** An object of a cluster, as other objects refer to it. */
import { valueAt } from "../outputs/making.ts";
import type { Resource } from "../store.ts";
import { type Bag, isBag } from "../wire.ts";

export interface ClusterObject {
  readonly name: string;
  /** Empty for kinds without a namespace. */
  readonly namespace: string;
  readonly labels: Bag;
  readonly annotations: Bag;
  readonly spec: unknown;
  /** False if it reports that it is not. */
  readonly isReady: boolean;
}

export function clusterObject({
  inputs,
  state,
}: Pick<Resource, "inputs" | "state">): ClusterObject {
  const metadata = isBag(inputs.metadata) ? inputs.metadata : {};
  const conditions = valueAt(state, ["status", "conditions"]);
  const unready = Array.isArray(conditions) && conditions.some(saysUnready);
  return {
    name: String(metadata.name),
    namespace: typeof metadata.namespace === "string" ? metadata.namespace : "",
    labels: isBag(metadata.labels) ? metadata.labels : {},
    annotations: isBag(metadata.annotations) ? metadata.annotations : {},
    spec: inputs.spec,
    isReady: !unready,
  };
}

function saysUnready(condition: unknown): boolean {
  const { type, status } = isBag(condition) ? condition : {};
  return (type === "Ready" && status === "False") || (type === "NotReady" && status === "True");
}
