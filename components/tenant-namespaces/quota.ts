/** Quotas and default sizes of a tenant's namespaces. Pure. */
import { bytes, type Size } from "../core/units.ts";
import type { NamespacesSpec, NamespacesTier } from "./schema.ts";

const gib = 2 ** 30;

/**
 * `spec.hard` of each namespace's quota: its share of the tier's amounts. One quota without scopes, because a scoped one does not count
 * volumes and cannot limit local disk.
 */
export function quotasOf({
  quota,
  settings,
  suspended,
  foreignClasses,
}: Pick<NamespacesSpec, "quota" | "settings" | "suspended" | "foreignClasses">): Record<
  string,
  Hard
> {
  const spaces = Object.entries(settings.spaces);
  const all = spaces.reduce((sum, [, { share }]) => sum + share, 0);
  return Object.fromEntries(
    spaces.map(([name, { share }]) => [
      name,
      hardOf(quota, share / all, suspended, foreignClasses),
    ]),
  );
}

export type Hard = Readonly<Record<string, string>>;

function hardOf(
  quota: NamespacesTier,
  part: number,
  suspended: boolean,
  foreignClasses: readonly string[],
): Hard {
  const count = (amount: number) => String(Math.max(1, Math.floor(amount * part)));
  const cpu = (amount: number) => `${Math.max(1, Math.floor(amount * part * 1000))}m`;
  const memory = (amount: number) => `${Math.max(1, Math.floor((amount * part) / 2 ** 20))}Mi`;
  const { limitFactor } = quota;
  const storage = (size: Size) => `${Math.floor((bytes(size) * part) / gib)}Gi`;
  return {
    "requests.cpu": cpu(quota.cpu),
    "limits.cpu": cpu(quota.cpu * limitFactor),
    "requests.memory": memory(bytes(quota.memory)),
    "limits.memory": memory(bytes(quota.memory) * limitFactor),
    "requests.ephemeral-storage": memory(bytes(quota.ephemeralStorage)),
    "limits.ephemeral-storage": memory(bytes(quota.ephemeralStorage) * limitFactor),
    // A suspended tenant keeps its objects and its data, and can run nothing.
    pods: suspended ? "0" : count(quota.pods),
    "requests.storage": storage(quota.storage),
    persistentvolumeclaims: quota.volumes === 0 ? "0" : count(quota.volumes),
    ...Object.fromEntries(
      foreignClasses.map((name) => [`${name}.storageclass.storage.k8s.io/requests.storage`, "0"]),
    ),
    services: count(quota.objects),
    // Each of these would be reachable past the gateway.
    "services.nodeports": "0",
    "services.loadbalancers": "0",
    configmaps: count(quota.objects),
    secrets: count(quota.objects),
    "count/jobs.batch": count(quota.objects),
    "count/cronjobs.batch": count(quota.objects),
    "count/deployments.apps": count(quota.objects),
    "count/statefulsets.apps": count(quota.objects),
  };
}

/** `spec.limits` of the limit range of each namespace. */
export function limitsOf({ container, largestContainer, limitFactor }: NamespacesTier) {
  const amounts = ({ cpu, memory }: NamespacesTier["container"], factor = 1) => ({
    cpu: `${Math.round(cpu * factor * 1000)}m`,
    memory: `${Math.floor((bytes(memory) * factor) / 2 ** 20)}Mi`,
  });
  const largest = amounts(largestContainer);
  const byDefault = amounts({
    cpu: Math.min(container.cpu * limitFactor, largestContainer.cpu),
    memory: container.memory,
  });
  return [
    {
      type: "Container",
      // A container without limits would fail the quota.
      default: { ...byDefault, "ephemeral-storage": "1Gi" },
      defaultRequest: { ...amounts(container), "ephemeral-storage": "100Mi" },
      max: largest,
      // The quota's own proportion: above it, pods are scheduled on a node that cannot hold what they use.
      maxLimitRequestRatio: { cpu: String(limitFactor), memory: String(limitFactor) },
    },
  ];
}
