/**
 * Does not prove that Google accepts this combination of settings, that upgrades of a release channel stay in the window, or
 * that `gke-gcloud-auth-plugin` gets a token.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as gcp from "@pulumi/gcp";
import { GcpCluster, type GcpClusterArgs } from "../../../components/cluster/gcp.ts";
import { adjust } from "../../../components/core/adjust.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { args, spec } from "./gcp-fixture.ts";

const clusterType = "gcp:container/cluster:Cluster";
const build = (changed: Partial<GcpClusterArgs> = {}) =>
  inventory(() => new GcpCluster("cluster", { ...args, ...changed }));
const clusterIn = (all: readonly Registered[]) => only(all, clusterType).inputs;

describe("what a GKE cluster registers", () => {
  test("the cluster, the nodes' identity with two roles, and the provider of its Kubernetes API", async () => {
    const all = await build();
    assert.deepEqual(counts(all), {
      "atoll:cluster:GcpCluster": 1,
      [clusterType]: 1,
      "gcp:projects/iAMMember:IAMMember": 2,
      "gcp:serviceaccount/account:Account": 1,
      "pulumi:providers:kubernetes": 1,
    });
    for (const { custom, parent } of all) if (custom) assert.equal(parent, "cluster");
  });

  test("the nodes' identity may register, log and pull, and nothing else", async () => {
    const all = await build();
    assert.equal(
      only(all, "gcp:serviceaccount/account:Account").inputs.accountId,
      "prod-gcp-euw1-nodes",
    );
    assert.deepEqual(
      all
        .filter(({ type }) => type.endsWith(":IAMMember"))
        .map(({ inputs }) => [inputs.role, inputs.member]),
      ["roles/container.defaultNodeServiceAccount", "roles/artifactregistry.reader"].map((role) => [
        role,
        "serviceAccount:prod-gcp-euw1-nodes@acme-prod.iam.gserviceaccount.com",
      ]),
    );
  });

  test("a regional cluster with private nodes in the network's ranges", async () => {
    const inputs = clusterIn(await build());
    assert.equal(inputs.location, "europe-west1");
    assert.deepEqual(inputs.nodeLocations, spec.zones);
    assert.deepEqual(inputs.privateClusterConfig, { enablePrivateNodes: true });
    assert.equal(inputs.networkingMode, "VPC_NATIVE");
    assert.deepEqual(inputs.ipAllocationPolicy, {
      clusterSecondaryRangeName: "pods",
      servicesSecondaryRangeName: "services",
      stackType: "IPV4",
    });
  });

  test("the control plane has a DNS endpoint only", async () => {
    const inputs = clusterIn(await build());
    assert.deepEqual(inputs.controlPlaneEndpointsConfig, {
      dnsEndpointConfig: { allowExternalTraffic: true },
      ipEndpointsConfig: { enabled: false },
    });
    assert.equal(inputs.masterAuthorizedNetworksConfig, undefined);
  });

  test("authorized blocks enable the private endpoint, and never a public one", async () => {
    const inputs = clusterIn(
      await build({ spec: { ...spec, authorizedNetworks: { office: "10.90.0.0/16" } } }),
    );
    assert.deepEqual(inputs.controlPlaneEndpointsConfig, {
      dnsEndpointConfig: { allowExternalTraffic: true },
      ipEndpointsConfig: { enabled: true },
    });
    assert.deepEqual(inputs.privateClusterConfig, {
      enablePrivateNodes: true,
      enablePrivateEndpoint: true,
      masterGlobalAccessConfig: { enabled: true },
    });
    assert.deepEqual(inputs.masterAuthorizedNetworksConfig, {
      gcpPublicCidrsAccessEnabled: false,
      privateEndpointEnforcementEnabled: true,
      cidrBlocks: [{ displayName: "office", cidrBlock: "10.90.0.0/16" }],
    });
  });

  test("secrets are encrypted with the given key, and workloads have their own identities", async () => {
    const inputs = clusterIn(await build());
    assert.deepEqual(inputs.databaseEncryption, { state: "ENCRYPTED", keyName: "keys/secrets" });
    assert.deepEqual(inputs.workloadIdentityConfig, { workloadPool: "acme-prod.svc.id.goog" });
    assert.deepEqual(inputs.binaryAuthorization, {
      evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE",
    });
    assert.equal(inputs.enableShieldedNodes, true);
    assert.equal(inputs.enableLegacyAbac, false);
    assert.deepEqual(inputs.masterAuth, {
      clientCertificateConfig: { issueClientCertificate: false },
    });
  });

  test("Dataplane V2 enforces network policies, so Calico stays off", async () => {
    const inputs = clusterIn(await build());
    assert.equal(inputs.datapathProvider, "ADVANCED_DATAPATH");
    assert.equal(inputs.enableFqdnNetworkPolicy, true);
    assert.equal(inputs.enableIntranodeVisibility, true);
    assert.equal(inputs.networkPolicy, undefined);
  });

  test("the control plane's logs are kept, and managed Prometheus collects", async () => {
    const inputs = clusterIn(await build());
    assert.deepEqual(inputs.loggingConfig, {
      enableComponents: [
        "SYSTEM_COMPONENTS",
        "WORKLOADS",
        "APISERVER",
        "CONTROLLER_MANAGER",
        "SCHEDULER",
      ],
    });
    const monitoring = inputs.monitoringConfig as Record<string, unknown>;
    assert.deepEqual(monitoring.managedPrometheus, { enabled: true });
    assert.deepEqual(inputs.costManagementConfig, { enabled: true });
  });

  test("the temporary node pool has the settings of the others, and its changes are ignored", async () => {
    const cluster = only(await build(), clusterType);
    assert.equal(cluster.inputs.removeDefaultNodePool, true);
    assert.equal(cluster.inputs.initialNodeCount, 1);
    assert.deepEqual(cluster.inputs.nodeConfig, {
      serviceAccount: "prod-gcp-euw1-nodes@acme-prod.iam.gserviceaccount.com",
      oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
      bootDiskKmsKey: "keys/volumes",
      shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
      workloadMetadataConfig: { mode: "GKE_METADATA" },
      kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
    });
    assert.deepEqual(cluster.ignoreChanges, ["nodeConfig", "initialNodeCount"]);
  });

  test("it waits for the roles of the nodes", async () => {
    const all = await build();
    const { dependsOn } = only(all, clusterType);
    for (const { urn } of all.filter(({ type }) => type.endsWith(":IAMMember"))) {
      assert.ok(dependsOn.includes(urn));
    }
  });

  test("a permanent cluster is protected in the engine and in the cloud, an ephemeral one in neither", async () => {
    for (const retain of [true, false]) {
      const cluster = only(await build({ retain }), clusterType);
      assert.equal(cluster.protect, retain);
      assert.equal(cluster.retainOnDelete, retain);
      assert.equal(cluster.inputs.deletionProtection, retain);
    }
  });

  test("omitted settings are not configured, and given ones are", async () => {
    const bare = clusterIn(await build());
    assert.deepEqual(bare.notificationConfig, { pubsub: { enabled: false } });
    assert.equal(bare.resourceUsageExportConfig, undefined);
    assert.equal(bare.authenticatorGroupsConfig, undefined);
    const full = clusterIn(
      await build({
        spec: {
          ...spec,
          notificationTopic: "projects/acme-prod/topics/gke",
          usageDataset: "usage",
          securityGroup: "gke-security-groups@acme.example",
          binaryAuthorization: "off",
          addons: { cloudStorageFuse: true },
        },
      }),
    );
    assert.deepEqual(full.notificationConfig, {
      pubsub: { enabled: true, topic: "projects/acme-prod/topics/gke" },
    });
    assert.deepEqual(full.authenticatorGroupsConfig, {
      securityGroup: "gke-security-groups@acme.example",
    });
    assert.deepEqual(full.binaryAuthorization, { evaluationMode: "DISABLED" });
    const addons = full.addonsConfig as Record<string, unknown>;
    assert.deepEqual(addons.gcsFuseCsiDriverConfig, { enabled: true });
    assert.deepEqual(addons.dnsCacheConfig, { enabled: true });
  });

  test("the schemas of the embedded cloud accept all of it, with every setting on", async () => {
    const everything = await build({
      spec: {
        ...spec,
        authorizedNetworks: { office: "10.90.0.0/16" },
        notificationTopic: "projects/acme-prod/topics/gke",
        usageDataset: "usage",
        securityGroup: "gke-security-groups@acme.example",
        addons: { cloudStorageFuse: true, filestore: true, backup: true },
      },
    });
    const made = [...(await build()), ...everything].filter(({ type }) => type.startsWith("gcp:"));
    assert.equal(made.length, 8);
    assert.deepEqual(refusals(made), []);
  });

  test("adjustments are applied last", async () => {
    const inputs = clusterIn(
      await build({
        adjust: {
          main: adjust(gcp.container.Cluster, (args) => ({ ...args, description: "by hand" })),
        },
      }),
    );
    assert.equal(inputs.description, "by hand");
  });
});

describe("how a GKE cluster is reached", () => {
  const kubeconfigIn = (all: readonly Registered[]) => {
    const provider = only(all, "pulumi:providers:kubernetes");
    assert.equal(
      provider.inputs.clusterIdentifier,
      "projects/acme-prod/locations/europe-west1/clusters/prod-gcp-euw1",
    );
    assert.deepEqual(provider.secrets, ["kubeconfig"]);
    return JSON.parse(String(provider.inputs.kubeconfig));
  };

  test("with the DNS endpoint, public certificate authorities and a short-lived token", async () => {
    const config = kubeconfigIn(await build());
    assert.match(
      config.clusters[0].cluster.server,
      /^https:\/\/gke-[0-9a-f]+-\d+\.europe-west1\.gke\.goog$/,
    );
    assert.equal(config.clusters[0].cluster["certificate-authority-data"], undefined);
    assert.equal(config.users[0].user.exec.command, "gke-gcloud-auth-plugin");
    assert.equal(config["current-context"], "prod-gcp-euw1");
  });

  test("with the private endpoint and its own certificate authority, when the DNS endpoint is disabled", async () => {
    const config = kubeconfigIn(
      await build({
        spec: {
          ...spec,
          dnsEndpoint: { allowExternalTraffic: false },
          authorizedNetworks: { office: "10.90.0.0/16" },
        },
      }),
    );
    assert.equal(config.clusters[0].cluster.server, "https://10.0.0.2");
    assert.ok(config.clusters[0].cluster["certificate-authority-data"]);
  });
});
