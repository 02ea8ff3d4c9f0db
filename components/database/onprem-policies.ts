/** The network policies of a database's namespace. Pure. */
import {
  type PolicyCluster,
  type PolicySpec,
  podsOf,
  tcp,
  toApiServer,
} from "../core/isolated-namespace.ts";
import {
  instanceLabel,
  instanceMetricsPort,
  podRoleLabel,
  poolerMetricsPort,
  postgresPort as postgres,
  statusPort as status,
} from "./onprem-operated.ts";
import { operatorNamespace } from "./onprem-operator.ts";
import type { OnpremDatabaseSpec } from "./schema.ts";

/** Only pods that CloudNativePG creates serve clients. */
const databasePods = {
  matchExpressions: [{ key: podRoleLabel, operator: "In", values: ["instance", "pooler"] }],
};

/** Instances, and the jobs that create, restore and upgrade them. */
const instancesAndJobs = { matchExpressions: [{ key: instanceLabel, operator: "Exists" }] };

/** The namespace of Prometheus. */
const monitoringNamespace = "monitoring";

export function databasePolicies(
  spec: OnpremDatabaseSpec,
  inCluster: PolicyCluster,
): Record<string, PolicySpec> {
  return {
    within: {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [{ podSelector: {} }], ports: tcp(postgres, status) }],
      egress: [{ to: [{ podSelector: {} }], ports: tcp(postgres, status) }],
    },
    operator: {
      podSelector: databasePods,
      policyTypes: ["Ingress"],
      ingress: [{ from: [podsOf([operatorNamespace])], ports: tcp(postgres, status) }],
    },
    // Instances watch their cluster at the API server, and poolers read their configuration there.
    "api-server": toApiServer({}, inCluster),
    archive: archivePolicy(spec, instancesAndJobs),
    ...(spec.clientNamespaces.length === 0
      ? {}
      : {
          clients: {
            podSelector: databasePods,
            policyTypes: ["Ingress"],
            ingress: [{ from: [podsOf(spec.clientNamespaces)], ports: tcp(postgres) }],
          },
        }),
    ...(spec.podMonitor
      ? {
          metrics: {
            podSelector: databasePods,
            policyTypes: ["Ingress"],
            ingress: [
              {
                from: [podsOf([monitoringNamespace])],
                ports: tcp(instanceMetricsPort, poolerMetricsPort),
              },
            ],
          },
        }
      : {}),
  };
}

/** Allows pods to reach the archive of a database. */
export function archivePolicy(
  { archive }: Pick<OnpremDatabaseSpec, "archive">,
  podSelector: PolicySpec["podSelector"],
): PolicySpec {
  const { port, hostname } = new URL(archive.endpoint);
  return {
    podSelector,
    policyTypes: ["Egress"],
    egress: [{ to: archiveHost(hostname), ports: tcp(Number(port || 443)) }],
  };
}

/** Only the address of an endpoint by address; any address for one by name, which network policies cannot select. */
function archiveHost(host: string): { ipBlock: { cidr: string } }[] {
  return /^\d+(\.\d+){3}$/.test(host) ? [{ ipBlock: { cidr: `${host}/32` } }] : [];
}
