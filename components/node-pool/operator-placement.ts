/** Where the pods of operators run, as the values that most charts have. Pure. */
import { priorityClasses } from "./priority-classes.ts";

export interface OperatorRequests {
  readonly cpu: string;
  /** Request and limit. */
  readonly memory: string;
}

/**
 * Requests, the priority of the cluster's controllers, and replicas spread over zones and nodes: webhooks that fail closed must not
 * be evicted first or go down with one node.
 *
 * @param pods the labels of the operator's pods
 */
export function operatorPlacement(
  pods: Readonly<Record<string, string>>,
  { cpu, memory }: OperatorRequests,
) {
  const labelSelector = { matchLabels: { ...pods } };
  return {
    resources: { requests: { cpu, memory }, limits: { memory } },
    priorityClassName: priorityClasses.system.name,
    topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map(
      (topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector,
      }),
    ),
  };
}
