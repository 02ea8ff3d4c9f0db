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
