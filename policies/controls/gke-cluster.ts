import { widerThanPrivate } from "../addresses.ts";
import type { Control } from "../control.ts";
import { everyFact, firstOf, isGiven } from "../known-values.ts";
import type { Report } from "../report.ts";
import type { Props } from "../types.ts";

type Cluster = Props<"gcp:container/cluster:Cluster">;

/** Controls of a GKE cluster as a whole, Autopilot and Standard. */
export const gkeClusterControls: readonly Control[] = [
  {
    id: "GKE1",
    policy: "gke1-enforce-private-nodes",
    title: "Nodes of a GKE cluster have only private IP addresses",
    severity: "high",
    remedy: "set privateClusterConfig.enablePrivateNodes to true, and never to false",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.4.5"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-gke": ["5.6.5"],
    },
    repeated: true,
    resources: {
      "gcp:container/cluster:Cluster": (cluster, report) => {
        report.part(() => {
          const enabled = cluster.privateClusterConfig?.enablePrivateNodes;
          const path = "privateClusterConfig.enablePrivateNodes";
          if (enabled === false) report.wrong(path, enabled, "nodes get public IP addresses");
          else if (!enabled) report.lacking(path, "is not set: nodes get public IP addresses");
        });
        report.each("nodePools", cluster.nodePools, (pool, path) =>
          publicPool(pool.networkConfig, `${path}.networkConfig`, report),
        );
      },
      "gcp:container/nodePool:NodePool": ({ networkConfig }, report) =>
        publicPool(networkConfig, "networkConfig", report),
    },
  },
  {
    id: "GKE2",
    policy: "gke2-disallow-public-control-plane",
    title: "The control plane of a GKE cluster is not open to the internet",
    severity: "high",
    remedy:
      "set controlPlaneEndpointsConfig.ipEndpointsConfig.enabled to false and use the DNS endpoint, or privateClusterConfig.enablePrivateEndpoint to true, or list the CIDR blocks that need access in masterAuthorizedNetworksConfig with gcpPublicCidrsAccessEnabled false",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-gke": ["5.6.3", "5.6.4"],
    },
    repeated: true,
    resources: {
      "gcp:container/cluster:Cluster": (cluster, report) => {
        report.part(() => publicAddress(cluster, report));
        report.part(() => looseDnsEndpoint(cluster, report));
      },
    },
  },
  {
    id: "GKE3",
    policy: "gke3-missing-secrets-key",
    title: "Kubernetes secrets of a GKE cluster are encrypted with a customer-managed key",
    severity: "high",
    remedy: 'set databaseEncryption to state "ENCRYPTED" and the name of a Cloud KMS key',
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
      "cis-gke": ["5.3.1"],
    },
    resources: {
      "gcp:container/cluster:Cluster": ({ databaseEncryption: encryption }, report) => {
        if (!encryption) {
          report.lacking(
            "databaseEncryption",
            "is not set: secrets are encrypted with a Google-owned key",
          );
        } else if (!["ENCRYPTED", "ALL_OBJECTS_ENCRYPTION_ENABLED"].includes(encryption.state)) {
          report.wrong(
            "databaseEncryption.state",
            encryption.state,
            "secrets are encrypted with a Google-owned key",
          );
        } else if (!isGiven(encryption, "keyName")) {
          report.lacking("databaseEncryption.keyName", "is not set");
        }
      },
    },
  },
  {
    id: "GKE8",
    policy: "gke8-disallow-legacy-authorization",
    title: "A GKE cluster has neither legacy authorization nor client certificates",
    severity: "high",
    remedy:
      "keep enableLegacyAbac and masterAuth.clientCertificateConfig.issueClientCertificate false",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["7.2.1"],
      sox: ["ITGC-access"],
      "cis-gke": ["5.8.1", "5.8.3"],
    },
    resources: {
      "gcp:container/cluster:Cluster": (cluster, report) => {
        report.part(() => {
          if (cluster.enableLegacyAbac) {
            report.wrong(
              "enableLegacyAbac",
              true,
              "service accounts have more permissions than their roles grant",
            );
          }
        });
        report.part(() => {
          if (cluster.masterAuth?.clientCertificateConfig?.issueClientCertificate) {
            const path = "masterAuth.clientCertificateConfig.issueClientCertificate";
            report.wrong(path, true, "a client certificate cannot be revoked");
          }
        });
      },
    },
  },
  {
    id: "GKE9",
    policy: "gke9-enable-logging-and-attestation",
    title:
      "A GKE cluster exports logs and metrics, and runs only images allowed by Binary Authorization",
    severity: "medium",
    remedy:
      'log SYSTEM_COMPONENTS and WORKLOADS, monitor SYSTEM_COMPONENTS, and set binaryAuthorization.evaluationMode to "PROJECT_SINGLETON_POLICY_ENFORCE"',
    requirements: {
      soc2: ["CC7.2"],
      "pci-dss-4": ["10.2.1"],
      hipaa: ["164.312(b)"],
      gdpr: ["30"],
      sox: ["ITGC-operations", "ITGC-change"],
      "cis-gke": ["5.7.1"],
    },
    resources: {
      "gcp:container/cluster:Cluster": (cluster, report) => {
        report.part(() => {
          const { loggingService: service, loggingConfig } = cluster;
          if (service === "none") report.wrong("loggingService", service, "nothing is logged");
          components(loggingConfig, "loggingConfig", ["SYSTEM_COMPONENTS", "WORKLOADS"], report);
        });
        report.part(() => {
          const { monitoringService: service, monitoringConfig } = cluster;
          if (service === "none")
            report.wrong("monitoringService", service, "no metrics are exported");
          components(monitoringConfig, "monitoringConfig", ["SYSTEM_COMPONENTS"], report);
        });
        report.part(() => {
          const mode = cluster.binaryAuthorization?.evaluationMode;
          const path = "binaryAuthorization.evaluationMode";
          if (!mode) report.lacking(path, "is not set: any image can run");
          else if (mode === "DISABLED") report.wrong(path, mode, "any image can run");
        });
      },
    },
  },
];

function publicPool(
  config: { readonly enablePrivateNodes?: boolean | undefined } | undefined,
  path: string,
  report: Report,
): void {
  if (config?.enablePrivateNodes === false) {
    report.wrong(`${path}.enablePrivateNodes`, false, "the pool's nodes get public IP addresses");
  }
}

/** The IP endpoint is public unless it is disabled, private, or limited to authorized networks. */
function publicAddress(cluster: Cluster, report: Report): void {
  const networks = "masterAuthorizedNetworksConfig";
  const reachable = () =>
    everyFact(
      () => cluster.controlPlaneEndpointsConfig?.ipEndpointsConfig?.enabled !== false,
      () => cluster.privateClusterConfig?.enablePrivateEndpoint !== true,
    );
  if (everyFact(reachable, () => !cluster.masterAuthorizedNetworksConfig)) {
    report.lacking(
      networks,
      "is not set while the control plane has a public IP address: anyone can reach it",
    );
    return;
  }
  const config = () => cluster.masterAuthorizedNetworksConfig;
  const open = () => firstOf(config()?.cidrBlocks, ({ cidrBlock }) => widerThanPrivate(cidrBlock));
  if (everyFact(reachable, () => open() !== undefined)) {
    report.wrong(`${networks}.cidrBlocks`, open(), "the public IP address is open to the internet");
  }
  // By default Google allows public IP addresses of Google Cloud customers.
  if (everyFact(reachable, () => config()?.gcpPublicCidrsAccessEnabled !== false)) {
    report.lacking(
      `${networks}.gcpPublicCidrsAccessEnabled`,
      "is not false: VMs of all Google Cloud customers can reach the public IP address",
    );
  }
}

/** IAM protects the DNS endpoint; these two settings also allow Kubernetes credentials. */
function looseDnsEndpoint(cluster: Cluster, report: Report): void {
  const dns = cluster.controlPlaneEndpointsConfig?.dnsEndpointConfig;
  for (const way of ["enableK8sCertsViaDns", "enableK8sTokensViaDns"] as const) {
    if (
      everyFact(
        () => dns?.[way] === true,
        () => dns?.allowExternalTraffic === true,
      )
    ) {
      const path = `controlPlaneEndpointsConfig.dnsEndpointConfig.${way}`;
      report.wrong(path, true, "such a credential gives access without an IAM permission");
    }
  }
}

function components(
  config: { readonly enableComponents?: readonly string[] | undefined } | undefined,
  path: string,
  needed: readonly string[],
  report: Report,
): void {
  if (!config) return;
  const missing = needed.filter((name) => !firstOf(config.enableComponents, (on) => on === name));
  if (missing.length > 0) {
    report.wrong(
      `${path}.enableComponents`,
      config.enableComponents ?? [],
      `${missing.join(", ")} missing`,
    );
  }
}
