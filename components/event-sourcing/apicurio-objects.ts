/** The Kubernetes objects of Apicurio Registry, as plain data. */
import type * as kubernetes from "@pulumi/kubernetes";
import { priorityClasses } from "../node-pool/priority-classes.ts";
import { registrySurge } from "./database-needs.ts";
import type { Registry } from "./registry-schema.ts";

type DeploymentSpec = kubernetes.types.input.apps.v1.DeploymentSpec;
type NetworkPolicySpec = kubernetes.types.input.networking.v1.NetworkPolicySpec;

export const name = "apicurio-registry";
export const labels = { "app.kubernetes.io/name": name };
export const ports = { http: 8080, management: 9000, postgres: 5432 } as const;

const settings = "/etc/registry";
export const settingsFile = "registry.properties";

/** `spec` of the Deployment. Its settings are a file: a password in an environment variable would appear in crash reports. */
export function deployment({ replicas, image }: Registry, secret: string): DeploymentSpec {
  return {
    replicas,
    // The database's connections are counted with one replica more.
    strategy: { rollingUpdate: { maxSurge: registrySurge, maxUnavailable: 0 } },
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        automountServiceAccountToken: false,
        priorityClassName: priorityClasses.stateless.name,
        securityContext: {
          runAsNonRoot: true,
          // The user of the image.
          runAsUser: 1001,
          seccompProfile: { type: "RuntimeDefault" },
        },
        topologySpreadConstraints: [
          {
            topologyKey: "topology.kubernetes.io/zone",
            maxSkew: 1,
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: labels },
          },
        ],
        containers: [
          {
            name: "registry",
            image,
            env: [{ name: "QUARKUS_CONFIG_LOCATIONS", value: `file:${settings}/${settingsFile}` }],
            ports: [
              { name: "http", containerPort: ports.http },
              { name: "management", containerPort: ports.management },
            ],
            startupProbe: { ...probe("started"), failureThreshold: 30 },
            readinessProbe: probe("ready"),
            livenessProbe: probe("live"),
            resources: { requests: { cpu: "250m", memory: "1Gi" }, limits: { memory: "1Gi" } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
            volumeMounts: [
              { name: "settings", mountPath: settings, readOnly: true },
              { name: "scratch", mountPath: "/tmp" },
            ],
          },
        ],
        volumes: [
          { name: "settings", secret: { secretName: secret } },
          { name: "scratch", emptyDir: {} },
        ],
      },
    },
  };
}

function probe(check: "started" | "ready" | "live") {
  return { httpGet: { path: `/health/${check}`, port: ports.management }, periodSeconds: 10 };
}

/** `spec` of the policy that allows clients to reach the registry, and the registry to reach its database. */
export function networkPolicy({ clientNamespaces }: Registry): NetworkPolicySpec {
  return {
    podSelector: { matchLabels: labels },
    policyTypes: ["Ingress", "Egress"],
    ...(clientNamespaces.length === 0
      ? {}
      : {
          ingress: [
            {
              from: clientNamespaces.map((namespace) => ({
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
              })),
              ports: [{ protocol: "TCP", port: ports.http }],
            },
          ],
        }),
    // Any address: network rules control access to the database.
    egress: [{ ports: [{ protocol: "TCP", port: ports.postgres }] }],
  };
}
