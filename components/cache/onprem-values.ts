/** The values of valkey-io's chart, release 0.11.0. Pure. */

import { quantity } from "../core/units.ts";
import { classLabel } from "../node-pool/labels.ts";
import { priorityClasses } from "../node-pool/priority-classes.ts";
import { permissions } from "./access.ts";
import { onpremCapacities } from "./capacity.ts";
import { instanceLabel } from "./onprem-operated.ts";
import type { OnpremCacheSpec } from "./schema.ts";
import { onpremVersions } from "./versions.ts";

export const valkeyChart = {
  chart: "valkey",
  version: "0.11.0",
  repository: "https://valkey.io/valkey-helm/",
} as const;

/** Replicas authenticate as this user, who may do nothing else. */
const replicationUser = "replication";

export interface OnpremCacheNames {
  /** Of the release, and so of its services and pods. */
  readonly release: string;
  /** Secret with the certificate. */
  readonly certificate: string;
}

export function chartValues(spec: OnpremCacheSpec, names: OnpremCacheNames) {
  const { cpu, memoryGiB, dataGiB } = onpremCapacities[spec.size];
  const amount = { cpu: String(cpu), memory: `${memoryGiB}Gi` };
  return {
    fullnameOverride: names.release,
    image: { tag: onpremVersions[spec.version] },
    auth: {
      enabled: true,
      usersExistingSecret: spec.passwordsSecret,
      aclUsers: {
        // The chart requires it. Clients that do not authenticate are this user and have no permissions.
        default: { permissions: "-@all" },
        [replicationUser]: { permissions: "-@all +psync +replconf +ping" },
        ...Object.fromEntries(
          Object.entries(spec.users).map(([key, user]) => [
            key,
            { permissions: permissions(user) },
          ]),
        ),
      },
    },
    tls: {
      enabled: true,
      existingSecret: names.certificate,
      // As cert-manager names them.
      serverPublicKey: "tls.crt",
      serverKey: "tls.key",
      caPublicKey: "ca.crt",
    },
    replica: {
      enabled: true,
      replicas: spec.replicas,
      replicationUser,
      // A write that no replica has received is rejected, so that a lost volume loses seconds of data at most.
      minReplicasToWrite: 1,
      minReplicasMaxLag: 10,
      persistence: {
        size: quantity(spec.storage.size),
        storageClass: spec.storage.className ?? "",
      },
    },
    valkeyConfig: [
      `maxmemory ${dataGiB}gb`,
      `maxmemory-policy ${spec.eviction}`,
      "appendonly yes",
      "appendfsync everysec",
    ].join("\n"),
    // Requests equal limits: evicting the pod of a cache is an outage.
    resources: { requests: amount, limits: amount },
    initResources: {
      requests: { cpu: "50m", memory: "64Mi" },
      limits: { cpu: "500m", memory: "128Mi" },
    },
    readinessProbe: { enabled: true },
    priorityClassName: priorityClasses.stateful.name,
    nodeSelector: { [classLabel]: "stateful" },
    tolerations: [{ key: classLabel, operator: "Exists" }],
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { [instanceLabel]: names.release } },
      },
    ],
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
  };
}
