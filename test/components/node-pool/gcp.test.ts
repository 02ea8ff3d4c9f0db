/**
 * Does not prove that GKE accepts the node pools, that a zone offers their machine types, or that the autoscaler tries them in the order
 * of the compute class.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as gcp from "@pulumi/gcp";
import { GcpCluster } from "../../../components/cluster/gcp.ts";
import { adjust } from "../../../components/core/adjust.ts";
import { GcpNodePools, type GcpNodePoolsArgs } from "../../../components/node-pool/gcp.ts";
import { checkKubernetes } from "../../../simulator/schema/index.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { ownership, place, type Spec, spec } from "./gcp-fixture.ts";

const nodePoolType = "gcp:container/nodePool:NodePool";
const computeClassType = "kubernetes:cloud.google.com/v1:ComputeClass";

async function build(pools: Spec["pools"] = spec.pools, changed: Partial<GcpNodePoolsArgs> = {}) {
  const all = await inventory(() => {
    const cluster = new GcpCluster("cluster", {
      ownership,
      spec: { cloud: "gcp", name: "prod-gcp-euw1", version: "1.35", ...place },
      network: {
        networkSelfLink: "n",
        subnetworkSelfLink: "s",
        podRangeName: "p",
        serviceRangeName: "s",
      },
      keys: { clusterSecrets: "keys/secrets", volumes: "keys/volumes" },
    });
    return new GcpNodePools("pools", { ownership, cluster, spec: { ...spec, pools }, ...changed });
  });
  return all.filter(({ name }) => name.startsWith("pools"));
}

const nodePool = (all: readonly Registered[], key: string) =>
  only(all, nodePoolType, `pools-pool-${key}`).inputs;
const nodeConfig = (all: readonly Registered[], key: string) =>
  nodePool(all, key).nodeConfig as Record<string, unknown>;

describe("the registered resources of GKE node pools", () => {
  test("node pools by capacity and series, a compute class for the pool with fallback, priorities and a storage class", async () => {
    const all = await build();
    assert.deepEqual(counts(all), {
      "atoll:node-pool:GcpNodePools": 1,
      [nodePoolType]: 7,
      [computeClassType]: 1,
      "kubernetes:scheduling.k8s.io/v1:PriorityClass": 4,
      "kubernetes:storage.k8s.io/v1:StorageClass": 1,
    });
    assert.deepEqual(
      all
        .filter(({ type }) => type === nodePoolType)
        .map(({ inputs }) => inputs.name)
        .sort(),
      [
        "batch-spot-n2d",
        "batch-spot-n4",
        "data-ondemand-n4",
        "general-ondemand-n4",
        "general-spot-n2d",
        "general-spot-n4",
        "system-ondemand-n4",
      ],
    );
    for (const { custom, parent } of all) if (custom) assert.equal(parent, "pools");
  });

  test("a node pool scales over all zones together, is repaired and upgraded, and keeps its nodes private", async () => {
    const { nodeConfig: _, ...inputs } = nodePool(await build(), "system-ondemand-n4");
    assert.deepEqual(inputs, {
      name: "system-ondemand-n4",
      project: "acme-prod",
      cluster: "prod-gcp-euw1",
      location: "europe-west1",
      nodeLocations: place.zones,
      initialNodeCount: 1,
      autoscaling: { totalMinNodeCount: 3, totalMaxNodeCount: 6, locationPolicy: "BALANCED" },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
      networkConfig: { enablePrivateNodes: true },
    });
  });

  test("its nodes are shielded, with their own identity and an encrypted disk that the machine type supports", async () => {
    assert.deepEqual(nodeConfig(await build(), "system-ondemand-n4"), {
      machineType: "n4-standard-4",
      spot: false,
      imageType: "COS_CONTAINERD",
      diskType: "hyperdisk-balanced",
      diskSizeGb: 100,
      bootDiskKmsKey: "keys/volumes",
      serviceAccount: "prod-gcp-euw1-nodes@acme-prod.iam.gserviceaccount.com",
      oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
      labels: { "atoll.dev/pool": "system", "atoll.dev/class": "system" },
      taints: [],
      resourceLabels: {
        environment: "prod",
        cell: "gcp-euw1",
        component: "node-pool",
        owner: "platform",
        "cost-centre": "platform-1001",
        "data-class": "confidential",
      },
      metadata: { "disable-legacy-endpoints": "true" },
      shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
      workloadMetadataConfig: { mode: "GKE_METADATA" },
      kubeletConfig: { cpuCfsQuota: true, insecureKubeletReadonlyPortEnabled: "FALSE" },
      gvnic: { enabled: true },
    });
  });

  test("changes of the initial size are ignored, because they would replace the pool", async () => {
    for (const { ignoreChanges } of (await build()).filter(({ type }) => type === nodePoolType)) {
      assert.deepEqual(ignoreChanges, ["initialNodeCount"]);
    }
  });

  test("spot nodes use any zone with capacity, and have GKE's spot taint", async () => {
    const all = await build();
    const { autoscaling } = nodePool(all, "batch-spot-n2d");
    assert.deepEqual(autoscaling, {
      totalMinNodeCount: 0,
      totalMaxNodeCount: 60,
      locationPolicy: "ANY",
    });
    const { spot, taints, diskType } = nodeConfig(all, "batch-spot-n2d");
    assert.equal(spot, true);
    assert.equal(diskType, "pd-balanced");
    assert.deepEqual(taints, [
      { key: "cloud.google.com/gke-spot", value: "true", effect: "NO_SCHEDULE" },
    ]);
  });

  test("the node pools of a pool with fallback belong to its compute class, by label and taint", async () => {
    const all = await build();
    for (const key of ["general-spot-n4", "general-spot-n2d", "general-ondemand-n4"]) {
      const { labels, taints } = nodeConfig(all, key);
      assert.equal((labels as Record<string, string>)["cloud.google.com/compute-class"], "general");
      assert.deepEqual(taints, [
        { key: "cloud.google.com/compute-class", value: "general", effect: "NO_SCHEDULE" },
      ]);
    }
  });

  test("the compute class references them, depends on them, and is valid by its CRD", async () => {
    const all = await build();
    const computeClass = only(all, computeClassType, "pools-class-general");
    const { apiVersion, kind, metadata, spec: settings } = computeClass.inputs;
    assert.equal((metadata as Record<string, unknown>).name, "general");
    const named = (settings as { priorities: { nodepools: string[] }[] }).priorities.flatMap(
      ({ nodepools }) => nodepools,
    );
    for (const name of named) {
      assert.ok(computeClass.dependsOn.includes(only(all, nodePoolType, `pools-pool-${name}`).urn));
    }
    assert.equal(apiVersion, "cloud.google.com/v1");
    assert.equal(kind, "ComputeClass");
    assert.deepEqual(checkKubernetes(computeClass.inputs), []);
  });

  test("labels, taints and network tags of the manifest are set on the nodes", async () => {
    const { labels, taints, tags } = nodeConfig(await build(), "data-ondemand-n4");
    assert.deepEqual(labels, {
      "acme.example/tier": "data",
      "atoll.dev/pool": "data",
      "atoll.dev/class": "stateful",
    });
    assert.deepEqual(taints, [{ key: "acme.example/data", value: "true", effect: "NO_EXECUTE" }]);
    assert.deepEqual(tags, ["databases"]);
  });

  test("Arm nodes omit GKE's taint, because the pool's images support them", async () => {
    const arm = nodeConfig(
      await build({
        system: {
          class: "system",
          capacity: "on-demand",
          size: { min: 1, max: 3 },
          architectures: ["arm64"],
        },
      }),
      "system-ondemand-c4a",
    );
    assert.equal(arm.machineType, "c4a-standard-4");
    assert.deepEqual(arm.taintConfig, { architectureTaintBehavior: "NONE" });
  });

  test("confidential nodes set the technology of memory encryption", async () => {
    const secret = nodeConfig(
      await build({
        system: {
          class: "system",
          capacity: "on-demand",
          size: { min: 1, max: 3 },
          confidential: true,
        },
      }),
      "system-ondemand-n2d",
    );
    assert.deepEqual(secret.confidentialNodes, { enabled: true, confidentialInstanceType: "SEV" });
  });

  test("volumes are encrypted with the given key, and retained after their claims in a permanent environment", async () => {
    for (const retain of [true, false]) {
      const { inputs } = only(
        await build(spec.pools, { retain }),
        "kubernetes:storage.k8s.io/v1:StorageClass",
      );
      assert.equal(
        (inputs.parameters as Record<string, string>)["disk-encryption-kms-key"],
        "keys/volumes",
      );
      assert.equal(inputs.reclaimPolicy, retain ? "Retain" : "Delete");
      assert.equal(inputs.volumeBindingMode, "WaitForFirstConsumer");
    }
  });

  test("the schemas of the embedded cloud accept all node pools, including Arm and confidential ones", async () => {
    const all = await build({
      ...spec.pools,
      arm: {
        class: "stateless",
        capacity: "spot-with-fallback",
        size: { min: 0, max: 3 },
        architectures: ["arm64"],
      },
      secret: {
        class: "stateless",
        capacity: "spot",
        size: { min: 0, max: 3 },
        confidential: true,
      },
    });
    assert.deepEqual(refusals(all.filter(({ type }) => type === nodePoolType)), []);
  });

  test("adjust has the last word", async () => {
    const all = await build(spec.pools, {
      adjust: {
        "pool-batch-*": adjust(gcp.container.NodePool, (args) => ({ ...args, maxPodsPerNode: 32 })),
      },
    });
    assert.equal(nodePool(all, "batch-spot-n4").maxPodsPerNode, 32);
    assert.equal(nodePool(all, "data-ondemand-n4").maxPodsPerNode, undefined);
  });

  test("class and capacity of each pool are outputs", async () => {
    const { outputs } = only(await build(), "atoll:node-pool:GcpNodePools");
    const pools = outputs?.pools as Record<string, Record<string, unknown>>;
    assert.deepEqual(Object.keys(pools).sort(), ["batch", "data", "general", "system"]);
    assert.equal(pools.general?.capacity, "spot-with-fallback");
  });
});
