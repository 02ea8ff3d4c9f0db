import type { Control, ResourceCheck, ResourceChecks } from "../control.ts";
import { isGiven, isUnknown } from "../knowns.ts";
import type { Report } from "../report.ts";
import { comesFrom } from "../stack.ts";
import type { Props } from "../types.ts";

type Cluster = Props<"gcp:container/cluster:Cluster">;
type NodePool = Props<"gcp:container/nodePool:NodePool">;

/** Controls of GKE's nodes: of node pools, of those written inside a cluster, and of those that GKE makes by itself. */
export const gkeNodeControls: readonly Control[] = [
  {
    id: "GKE4",
    policy: "gke4-enforce-workload-identity",
    title: "Pods of a GKE cluster get credentials by Workload Identity only",
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
        if (!mode) report.lacking(where, "is not given: pods may take the machine's credentials");
        else if (mode !== "GKE_METADATA")
          report.wrong(where, mode, "pods take the machine's credentials");
      },
      (cluster, report) => {
        // Autopilot has it on and cannot turn it off.
        if (cluster.enableAutopilot || isGiven(cluster.workloadIdentityConfig, "workloadPool"))
          return;
        report.lacking("workloadIdentityConfig.workloadPool", "is not given");
      },
    ),
  },
  {
    id: "GKE5",
    policy: "gke5-disallow-default-service-account",
    title: "Nodes of a GKE cluster run under a service account of their own",
    severity: "medium",
    remedy:
      "set nodeConfig.serviceAccount to an account made for the nodes, with the role container.defaultNodeServiceAccount",
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
      "leave enableShieldedNodes true and set shieldedInstanceConfig.enableSecureBoot and enableIntegrityMonitoring to true",
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
          report.wrong("enableShieldedNodes", false, "nodes cannot prove what they are");
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
      "A GKE cluster follows a release channel, and its nodes are repaired and upgraded by themselves",
    severity: "medium",
    remedy:
      'set releaseChannel.channel to "REGULAR" or "STABLE" and leave management.autoRepair and autoUpgrade true',
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
              "nodes stay as they are until somebody looks",
            );
          });
        }
      },
      (cluster, report) => {
        const channel = cluster.releaseChannel?.channel;
        if (!channel) report.lacking("releaseChannel.channel", "is not given");
        else if (channel === "UNSPECIFIED")
          report.wrong("releaseChannel.channel", channel, "versions are not kept up");
      },
    ),
  },
];

type NodeGroup = Pick<NodePool, "nodeConfig" | "management">;

/** Judges the cluster itself, and its nodes wherever they are described. */
function nodeChecks(
  judge: (nodes: NodeGroup, path: string, report: Report) => void,
  judgeCluster: (cluster: Cluster, report: Report) => void,
): ResourceChecks {
  const checkCluster: ResourceCheck<"gcp:container/cluster:Cluster"> = (cluster, report) => {
    report.part(() => judgeCluster(cluster, report));
    // The default pool that is removed at once never runs a pod, and Autopilot's nodes are Google's.
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

/** Whether GKE makes nodes by itself, from the cluster's defaults. */
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
      "is not given: nodes run under the project's default account, an editor of everything",
    );
    return;
  }
  // An account that is not known yet is made in the same run; the check of the stack looks where it comes from.
  if (isUnknown(() => config?.serviceAccount)) return;
  if (defaultAccount.test(config?.serviceAccount ?? "")) {
    report.wrong(
      path,
      config?.serviceAccount,
      "this is the project's default account, an editor of everything",
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
      report.wrong(`${path}.enableSecureBoot`, secure, "unsigned boot code may run");
    else
      report.lacking(`${path}.enableSecureBoot`, "is not given, and secure boot is off by default");
  });
  if (config?.enableIntegrityMonitoring === false) {
    report.wrong(`${path}.enableIntegrityMonitoring`, false, "changed boot code is not noticed");
  }
}
