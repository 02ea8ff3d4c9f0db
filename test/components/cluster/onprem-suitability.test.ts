/** Does not prove that a cluster that looks suitable is. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  type ClusterFacts,
  observedVersion,
  unsuitable,
} from "../../../components/cluster/onprem-suitability.ts";
import { BlueprintError } from "../../../components/core/errors.ts";

const suitable: ClusterFacts = {
  kubeletVersions: { "sel-a1": "v1.35.2", "sel-b1": "v1.35.2+k3s1", "sel-c1": "v1.34.6" },
  apis: { "v1.gateway.networking.k8s.io": true },
};

describe("the pods of a site's nodes", () => {
  const said = (
    podCidr: string,
    pods: ClusterFacts["pods"],
    networkPolicy?: "antrea" | "calico" | "cilium",
  ) =>
    unsuitable({ version: "1.35", podCidr, networkPolicy }, { ...suitable, ...(pods && { pods }) })
      .map(({ path, message }) => `${path}: ${message}`)
      .join("\n");
  const node = (range: string, allocatable = "110") => ({ ranges: [range], allocatable });

  test("have ranges in the pod range of the manifest", () => {
    const pods = {
      a: node("10.40.128.0/24"),
      b: node("10.40.129.0/24"),
      c: node("10.40.131.0/24"),
    };
    assert.equal(said("10.40.128.0/17", pods), "");
    assert.equal(said("10.40.128.0/22", pods), "");
    assert.equal(
      said("10.40.128.0/23", pods),
      "network.podCidr: must be the pod range of the cluster, which contains those of its nodes: c has 10.40.131.0/24; the smallest block with all of them is 10.40.128.0/22",
    );
    assert.equal(
      said("10.40.0.0/17", { a: node("10.244.3.0/24") }),
      "network.podCidr: must be the pod range of the cluster, which contains those of its nodes: a has 10.244.3.0/24; the smallest block with all of them is 10.244.3.0/24",
    );
  });

  test("have ranges of IPv4, whatever the order, and none where the plugin has its own", () => {
    const dual = { a: { ranges: ["fd00:10::/64", "10.244.3.0/24"], allocatable: "110" } };
    assert.match(said("10.40.0.0/17", dual), /a has 10\.244\.3\.0\/24/);
    assert.equal(said("10.40.0.0/17", { a: { ranges: [], allocatable: "110" } }), "");
    for (const plugin of ["calico", "cilium"] as const)
      assert.equal(said("10.40.0.0/17", dual, plugin), "");
    assert.match(said("10.40.0.0/17", dual, "antrea"), /a has 10\.244\.3\.0\/24/);
  });

  test("are not more than the addresses of a node's range", () => {
    assert.equal(said("10.40.128.0/17", { a: node("10.40.128.0/25") }), "");
    assert.equal(
      said("10.40.128.0/17", { a: node("10.40.128.0/26"), b: node("10.40.129.0/26", "64") }),
      "node a: must allow at most 64 pods, the addresses of its pod range 10.40.128.0/26: decrease maxPods of its kubelet, or give it a /25",
    );
  });

  test("are not more than the addresses of the manifest's range", () => {
    const nodes = (count: number, allocatable = "110") =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`n${index}`, { ranges: [], allocatable }]),
      );
    assert.equal(said("10.40.128.0/23", nodes(4), "cilium"), "");
    assert.equal(
      said("10.40.128.0/23", nodes(5), "cilium"),
      "network.podCidr: must be a /22 at least: the nodes allow 550 pods, and this range has 512 addresses, enough for 4 nodes with 110 pods; or decrease maxPods of their kubelets",
    );
    assert.match(
      said("10.40.128.0/22", nodes(2, "1k")),
      /allow 2000 pods.*enough for 1 node with 1000/,
    );
  });

  test("are not compared without a pod range, or where nodes say nothing", () => {
    assert.deepEqual(
      unsuitable({ version: "1.35" }, { ...suitable, pods: { a: node("10.0.0.0/24") } }),
      [],
    );
    assert.equal(said("10.40.128.0/23", undefined), "");
  });
});

describe("suitability of a cluster", () => {
  test("a cluster that meets the manifest has the observed version", () => {
    assert.equal(observedVersion('cluster "c"', { version: "1.35" }, suitable), "1.35");
  });

  test("all problems are in one error", () => {
    const facts = {
      kubeletVersions: { "sel-a1": "v1.36.0", "sel-b1": "v1.32.1", "sel-c1": undefined },
      apis: { "v1.gateway.networking.k8s.io": false },
    };
    assert.throws(
      () => observedVersion('cluster "c"', { version: "1.35" }, facts),
      (error) => {
        assert.ok(error instanceof BlueprintError);
        assert.equal(error.code, "cluster-unsuitable");
        assert.deepEqual(
          error.problems.map(({ path }) => path),
          ["version", "node sel-b1", "node sel-c1", "API v1.gateway.networking.k8s.io"],
        );
        return true;
      },
    );
  });

  test("nodes without a zone, and classes that are not the default, are named", () => {
    const problems = unsuitable(
      { version: "1.35" },
      {
        ...suitable,
        missingLabels: { "sel-a1": [], "sel-b1": ["topology.kubernetes.io/zone", "rack"] },
        defaultClasses: { "PriorityClass site": true, "StorageClass fast": false },
      },
    );
    assert.deepEqual(
      problems.map(({ path, message }) => `${path}: ${message}`),
      [
        'node sel-b1: must have the label "topology.kubernetes.io/zone": pods of databases and brokers are not scheduled on nodes whose zone is unknown',
        'node sel-b1: must have the label "rack": pods of databases and brokers are not scheduled on nodes whose zone is unknown',
        "StorageClass fast: must be the cluster's default: correct cluster.defaultClasses",
      ],
    );
  });

  test("a node may be three minor versions older than the newest, and no more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), (older) => {
        const kubeletVersions = { new: "v1.35.0", old: `v1.${35 - older}.0` };
        const problems = unsuitable({ version: "1.35" }, { kubeletVersions, apis: {} });
        assert.equal(problems.length, older > 3 ? 1 : 0);
      }),
    );
  });

  test("an invalid version is reported as none", () => {
    for (const version of ["", "1.35", "v2.1.0", "v1.x"]) {
      const problems = unsuitable(
        { version: "1.35" },
        {
          kubeletVersions: { a: "v1.35.1", b: version },
          apis: {},
        },
      );
      assert.deepEqual(
        problems.map(({ path }) => path),
        ["node b"],
      );
    }
  });
});
