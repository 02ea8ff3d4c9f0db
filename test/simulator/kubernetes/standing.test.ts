/** What these tests cannot prove: that a real site's nodes say no more than these. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Standing, standingObject } from "../../../simulator/kubernetes/standing.ts";
import { valueAt } from "../../../simulator/outputs/making.ts";

const cluster: Standing = {
  place: "kubernetes/https://seoul.example",
  site: {
    version: "v1.35.2",
    apis: [],
    nodes: [
      {
        name: "sel-a1",
        labels: { "topology.kubernetes.io/zone": "sel-a" },
        cpu: "16",
        memory: "64Gi",
      },
    ],
  },
  serves: (apiVersion) => apiVersion === "gateway.networking.k8s.io/v1",
};

const node = "kubernetes:core/v1:Node";
const apiService = "kubernetes:apiregistration.k8s.io/v1:APIService";

describe("objects that nobody made", () => {
  test("a node of the site tells its labels and the version of its kubelet", () => {
    const state = standingObject(cluster, node, "sel-a1")?.state ?? {};
    assert.equal(valueAt(state, ["status", "nodeInfo", "kubeletVersion"]), "v1.35.2");
    assert.equal(valueAt(state, ["metadata", "labels", "topology.kubernetes.io/zone"]), "sel-a");
    assert.equal(valueAt(state, ["status", "allocatable", "cpu"]), "16");
  });

  test("a node that the site does not have is not there, nor is one of a cluster without a site", () => {
    assert.equal(standingObject(cluster, node, "sel-z9"), undefined);
    assert.equal(standingObject({ ...cluster, site: undefined }, node, "sel-a1"), undefined);
  });

  test("an API that is served has an available entry, and one that is not has none", () => {
    const state = standingObject(cluster, apiService, "v1.gateway.networking.k8s.io")?.state ?? {};
    assert.equal(valueAt(state, ["spec", "group"]), "gateway.networking.k8s.io");
    assert.equal(valueAt(state, ["status", "conditions", "0", "status"]), "True");
    assert.equal(standingObject(cluster, apiService, "v2.cilium.io"), undefined);
  });

  test("other kinds are there when somebody made them", () => {
    assert.equal(standingObject(cluster, "kubernetes:core/v1:Namespace", "sel-a1"), undefined);
  });
});
