import type { WorkloadClass } from "./pool-schema.ts";

export interface PriorityClass {
  readonly name: string;
  readonly value: number;
  readonly globalDefault: boolean;
  readonly preemptionPolicy: "PreemptLowerPriority" | "Never";
  readonly description: string;
}

const byClass: Readonly<Record<WorkloadClass, Omit<PriorityClass, "name">>> = {
  system: {
    value: 900_000,
    globalDefault: false,
    preemptionPolicy: "PreemptLowerPriority",
    description: "Controllers that the cluster itself needs; below Kubernetes' own system classes.",
  },
  stateful: {
    value: 700_000,
    globalDefault: false,
    preemptionPolicy: "PreemptLowerPriority",
    description: "Databases, brokers, caches: whatever holds data.",
  },
  stateless: {
    value: 500_000,
    globalDefault: true,
    preemptionPolicy: "PreemptLowerPriority",
    description: "Services that may run anywhere; what a pod is that names no class.",
  },
  batch: {
    value: 100_000,
    globalDefault: false,
    preemptionPolicy: "Never",
    description: "Jobs that can wait; they are preempted first and preempt nobody.",
  },
};

/** One Kubernetes PriorityClass per workload class, `atoll-<class>`, common to all clouds. */
export const priorityClasses: Readonly<Record<WorkloadClass, PriorityClass>> = {
  system: { name: "atoll-system", ...byClass.system },
  stateful: { name: "atoll-stateful", ...byClass.stateful },
  stateless: { name: "atoll-stateless", ...byClass.stateless },
  batch: { name: "atoll-batch", ...byClass.batch },
};

/** By workload class. In an existing cluster none is the default: its other pods would get another priority. */
export function priorityClassesOf({
  existing,
}: {
  readonly existing?: unknown;
}): [string, PriorityClass][] {
  return Object.entries(priorityClasses).map(([key, { globalDefault, ...settings }]) => [
    key,
    { ...settings, globalDefault: globalDefault && existing === undefined },
  ]);
}
