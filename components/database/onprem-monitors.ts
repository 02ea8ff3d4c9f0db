/** `spec` of the PodMonitors of a database. Pure. */
import type { OnpremNames } from "./onprem-objects.ts";
import { clusterLabel, podRoleLabel, poolerLabel } from "./onprem-operated.ts";

/** Instances serve metrics with TLS. Poolers have the cluster's label too, and other metrics. */
export function instanceMonitor({ cluster }: OnpremNames) {
  return {
    selector: { matchLabels: { [clusterLabel]: cluster, [podRoleLabel]: "instance" } },
    podMetricsEndpoints: [
      {
        port: "metrics",
        scheme: "https",
        tlsConfig: {
          ca: { secret: { name: `${cluster}-ca`, key: "ca.crt" } },
          serverName: `${cluster}-rw`,
        },
      },
    ],
  };
}

export function poolerMonitor({ pooler }: OnpremNames) {
  return {
    selector: { matchLabels: { [poolerLabel]: pooler } },
    podMetricsEndpoints: [{ port: "metrics" }],
  };
}
