import type { Control, ResourceCheck, ResourceChecks } from "../control.ts";
import { isGiven, isUnknown } from "../known-values.ts";
import type { Report } from "../report.ts";
import { comesFrom } from "../stack.ts";
import type { Props } from "../types.ts";

type Cluster = Props<"gcp:container/cluster:Cluster">;
type NodePool = Props<"gcp:container/nodePool:NodePool">;

/** Controls of GKE nodes: in node pools, inline in a cluster, and created by GKE. */
export const gkeNodeControls: readonly Control[] = [
  {
    id: "GKE4",
    policy: "gke4-enforce-workload-identity",
    title: "Pods of a GKE cluster get credentials only from Workload Identity",
    severity: "high",
    remedy:
      'set workloadIdentityConfig.workloadPool on the cluster and nodeConfig.workloadMetadataConfig.mode "GKE_METADATA" on every pool',
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["7.2.1"],
      sox: ["ITGC-access"],
      "cis-gke": ["5.2.2", "5.4.1"],
    },
    resources: nodeChecks(
      ({ nodeConfig }, path, report) => {
        const mode = nodeConfig?.workloadMetadataConfig?.mode;
        const where = `${path}nodeConfig.workloadMetadataConfig.mode`;
        if (!mode) report.lacking(where, "is not set: pods may use the node's credentials");
        else if (mode !== "GKE_METADATA")
          report.wrong(where, mode, "pods can use the node's credentials");
      },
      (cluster, report) => {
        // It is always on in Autopilot.
        if (cluster.enableAutopilot || isGiven(cluster.workloadIdentityConfig, "workloadPool"))
          return;
        report.lacking("workloadIdentityConfig.workloadPool", "is not set");
      },
    ),
  },
  {
    id: "GKE5",
    policy: "gke5-disallow-default-service-account",
    title: "Nodes of a GKE cluster use a dedicated service account",
    severity: "medium",
    remedy:
      "set nodeConfig.serviceAccount to a dedicated account with the role container.defaultNodeServiceAccount",
    requirements: {
      soc2: ["CC6.3"],
      "pci-dss-4": ["7.2.1"],
      sox: ["ITGC-access"],
      "cis-gke": ["5.2.1"],
    },
    resources: nodeChecks(
      ({ nodeConfig }, path, report) =>
        serviceAccount(nodeConfig, `${path}nodeConfig.serviceAccount`, report),
      (cluster, report) => {
        if (!makesNodes(cluster)) return;
        serviceAccount(
          cluster.clusterAutoscaling?.autoProvisioningDefaults,
          "clusterAutoscaling.autoProvisioningDefaults.serviceAccount",
          report,
        );
      },
    ),
    stack: (stack, on) => {
      const accounts = stack.all("gcp:serviceaccount/account:Account");
      for (const pool of stack.all("gcp:container/nodePool:NodePool")) {
        if (!isUnknown(() => pool.props.nodeConfig?.serviceAccount)) continue;
        if (accounts.some((account) => comesFrom(pool, "nodeConfig", account))) continue;
        on(pool).part(() => pool.props.nodeConfig?.serviceAccount);
      }
    },
  },
  {
    id: "GKE6",
    policy: "gke6-enforce-shielded-nodes",
    title: "Nodes of a GKE cluster are shielded, with secure boot and integrity monitoring",
    severity: "medium",
    remedy:
      "keep enableShieldedNodes true and set shieldedInstanceConfig.enableSecureBoot and enableIntegrityMonitoring to true",
    requirements: {
      soc2: ["CC6.8"],
      "pci-dss-4": ["11.5.2"],
      "cis-gke": ["5.5.5", "5.5.6", "5.5.7"],
    },
    resources: nodeChecks(
      ({ nodeConfig }, path, report) =>
        shielded(
          nodeConfig?.shieldedInstanceConfig,
          `${path}nodeConfig.shieldedInstanceConfig`,
          report,
        ),
      (cluster, report) => {
        if (cluster.enableAutopilot) return;
        if (cluster.enableShieldedNodes === false) {
          report.wrong("enableShieldedNodes", false, "nodes cannot prove their identity");
        }
        if (makesNodes(cluster)) {
          const path = "clusterAutoscaling.autoProvisioningDefaults.shieldedInstanceConfig";
          const defaults = cluster.clusterAutoscaling?.autoProvisioningDefaults;
          shielded(defaults?.shieldedInstanceConfig, path, report);
        }
      },
    ),
  },
  {
    id: "GKE7",
    policy: "gke7-enable-automatic-upgrades",
    title:
      "A GKE cluster uses a release channel, and its nodes are repaired and upgraded automatically",
    severity: "medium",
    remedy:
      'set releaseChannel.channel to "REGULAR" or "STABLE" and keep management.autoRepair and autoUpgrade true',
    requirements: {
      soc2: ["CC7.1"],
      "pci-dss-4": ["6.3.3"],
      sox: ["ITGC-change"],
      "cis-gke": ["5.5.2", "5.5.3", "5.5.4"],
    },
    resources: nodeChecks(
      ({ management }, path, report) => {
        for (const task of ["autoRepair", "autoUpgrade"] as const) {
          report.part(() => {
            if (management?.[task] !== false) return;
            report.wrong(
              `${path}management.${task}`,
              false,
              "nodes are not repaired or upgraded automatically",
            );
          });
        }
      },
      (cluster, report) => {
        const channel = cluster.releaseChannel?.channel;
        if (!channel) report.lacking("releaseChannel.channel", "is not set");
        else if (channel === "UNSPECIFIED")
          report.wrong(
            "releaseChannel.channel",
            channel,
            "versions are not upgraded automatically",
          );
      },
    ),
  },
];

type NodeGroup = Pick<NodePool, "nodeConfig" | "management">;

/** Judges the cluster itself, and all descriptions of its nodes. */
function nodeChecks(
  judge: (nodes: NodeGroup, path: string, report: Report) => void,
  judgeCluster: (cluster: Cluster, report: Report) => void,
): ResourceChecks {
  const checkCluster: ResourceCheck<"gcp:container/cluster:Cluster"> = (cluster, report) => {
    report.part(() => judgeCluster(cluster, report));
    // A default pool that is removed immediately runs no pods, and Google manages Autopilot's nodes.
    report.part(() => {
      if (cluster.enableAutopilot || cluster.removeDefaultNodePool) return;
      if ((cluster.nodePools?.length ?? 0) > 0) {
        report.each("nodePools", cluster.nodePools, (pool, path) =>
          judge(pool, `${path}.`, report),
        );
      } else {
        judge({ nodeConfig: cluster.nodeConfig } as NodeGroup, "", report);
      }
    });
  };
  return {
    "gcp:container/cluster:Cluster": checkCluster,
    "gcp:container/nodePool:NodePool": (pool, report) => judge(pool, "", report),
  };
}

/** Whether GKE creates nodes from the cluster's defaults. */
function makesNodes({ enableAutopilot, clusterAutoscaling }: Cluster): boolean {
  return enableAutopilot === true || clusterAutoscaling?.enabled === true;
}

const defaultAccount = /^(default|\d+-compute@developer\.gserviceaccount\.com)$/;

function serviceAccount(
  config: { readonly serviceAccount?: string | undefined } | undefined,
  path: string,
  report: Report,
): void {
  if (!isGiven(config, "serviceAccount")) {
    report.lacking(
      path,
      "is not set: nodes use the project's default service account, which has the Editor role",
    );
    return;
  }
  // An unknown account is created in the same run; the stack check looks at its origin.
  if (isUnknown(() => config?.serviceAccount)) return;
  if (defaultAccount.test(config?.serviceAccount ?? "")) {
    report.wrong(
      path,
      config?.serviceAccount,
      "this is the project's default service account, which has the Editor role",
    );
  }
}

function shielded(
  config:
    | {
        readonly enableSecureBoot?: boolean | undefined;
        readonly enableIntegrityMonitoring?: boolean | undefined;
      }
    | undefined,
  path: string,
  report: Report,
): void {
  report.part(() => {
    const secure = config?.enableSecureBoot;
    if (secure) return;
    if (secure === false)
      report.wrong(`${path}.enableSecureBoot`, secure, "unsigned boot code can run");
    else
      report.lacking(`${path}.enableSecureBoot`, "is not set, and secure boot is off by default");
  });
  if (config?.enableIntegrityMonitoring === false) {
    report.wrong(`${path}.enableIntegrityMonitoring`, false, "changed boot code is not detected");
  }
}
