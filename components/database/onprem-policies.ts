/** The network policies of a database's namespace. Pure. */
import type * as kubernetes from "@pulumi/kubernetes";
import { podsOf } from "../core/isolated-namespace.ts";
import { operatorNamespace } from "./onprem-operator.ts";
import type { OnpremDatabaseSpec } from "./schema.ts";

type PolicySpec = kubernetes.types.input.networking.v1.NetworkPolicySpec;

const postgres = 5432;
/** The status port of instances, for the operator. */
const status = 8000;
const instanceMetrics = 9187;
const poolerMetrics = 9127;

const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: "TCP", port }));

/** Only pods that CloudNativePG creates serve clients. */
const databasePods = {
  matchExpressions: [{ key: "cnpg.io/podRole", operator: "In", values: ["instance", "pooler"] }],
};

/** The namespace of Prometheus. */
const monitoringNamespace = "monitoring";

export function databasePolicies(spec: OnpremDatabaseSpec): Record<string, PolicySpec> {
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
    "api-server": {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ ports: tcp(443, 6443) }],
    },
    archive: archivePolicy(spec, databasePods),
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
                ports: tcp(instanceMetrics, poolerMetrics),
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
