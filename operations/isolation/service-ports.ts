/** What of a cell serves its tenants in the cluster: DNS, and the data services, on their ports. Pure. */

import type { PortRange } from "./network-rules.ts";
import { text } from "./plain.ts";
import type { CellView } from "./view.ts";

/** Ports by kind of what serves there: PostgreSQL, Kafka's listeners inside the cluster, Valkey. */
const portsOfKind: Readonly<Record<string, readonly number[]>> = {
  Cluster: [5432],
  Pooler: [5432],
  Kafka: [9092, 9093, 9094],
};
const valkeyPort = 6379;
const dnsPort = 53;

/** PostgreSQL and Cloud SQL's proxy, Valkey with its readers, Kafka with and without IAM, as clouds serve them at addresses. */
const portsOfClouds = [5432, 3307, 6379, 6380, 9092, 9093, 9094, 9096, 9098];

/**
 * Whether ports are only those of data services, which have addresses in the cell's network. Pods of a cell's namespaces without
 * policies, such as kube-system, may have addresses in the same block, and serve nothing there.
 */
export function areOfDataServices(ports: readonly PortRange[]): boolean {
  return (
    ports.length > 0 &&
    ports.every(
      ({ first, last }) => first !== undefined && first === last && portsOfClouds.includes(first),
    )
  );
}

/** Whether tenants are to connect to a namespace of the cell on these ports. */
export function servicePorts(
  view: CellView,
): (namespace: string, ports: readonly PortRange[]) => boolean {
  const served = new Map<string, Set<number>>([["kube-system", new Set([dnsPort])]]);
  const serve = (namespace: string, ports: readonly number[]) => {
    const known = served.get(namespace) ?? new Set<number>();
    served.set(namespace, known);
    for (const port of ports) known.add(port);
  };
  for (const [kind, ports] of Object.entries(portsOfKind))
    for (const { namespace } of view.objects(kind)) serve(namespace, ports);
  for (const { resource } of view.objects("Release")) {
    const { chart, namespace } = resource.inputs;
    if (text(chart)?.endsWith("valkey")) serve(text(namespace) ?? "", [valkeyPort]);
  }
  return (namespace, ports) => {
    const known = served.get(namespace);
    // Every port of both rules is more than what is served.
    if (known === undefined || ports.length === 0) return false;
    return ports.every(
      ({ first, last }) => first !== undefined && first === last && known.has(first),
    );
  };
}
