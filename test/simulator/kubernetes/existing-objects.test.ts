/** What these tests cannot prove: that a real site's nodes have no other fields. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type ClusterContext,
  existingObject,
} from "../../../simulator/kubernetes/existing-objects.ts";
import { valueAt } from "../../../simulator/outputs/making.ts";

const cluster: ClusterContext = {
  place: "kubernetes/https://seoul.example",
  site: {
    version: "v1.35.2",
    apis: [],
    defaultClasses: { PriorityClass: "site-default", StorageClass: "fast" },
    apiServerPort: 16443,
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

describe("existing objects", () => {
  test("a node of the site has its labels and the version of its kubelet", () => {
    const state = existingObject(cluster, node, "sel-a1")?.state ?? {};
    assert.equal(valueAt(state, ["status", "nodeInfo", "kubeletVersion"]), "v1.35.2");
    assert.equal(valueAt(state, ["metadata", "labels", "topology.kubernetes.io/zone"]), "sel-a");
    assert.equal(valueAt(state, ["status", "allocatable", "cpu"]), "16");
  });

  test("a node has the pods of its kubelet, and a range if the site gives it one", () => {
    const pods = { pods: "250", podCidr: "10.244.3.0/24" };
    const site = { ...cluster.site!, nodes: [{ ...cluster.site!.nodes[0]!, ...pods }] };
    const read = (of: ClusterContext) => existingObject(of, node, "sel-a1")?.state ?? {};
    const own = read({ ...cluster, site });
    assert.deepEqual(own.spec, { podCIDR: "10.244.3.0/24", podCIDRs: ["10.244.3.0/24"] });
    assert.equal(valueAt(own, ["status", "allocatable", "pods"]), "250");
    assert.deepEqual(read(cluster).spec, {});
    assert.equal(valueAt(read(cluster), ["status", "allocatable", "pods"]), "110");
  });

  test("a node that the site does not have is missing, as is one of a cluster without a site", () => {
    assert.equal(existingObject(cluster, node, "sel-z9"), undefined);
    assert.equal(existingObject({ ...cluster, site: undefined }, node, "sel-a1"), undefined);
  });

  test("a served API has an available API service, and one that is not has none", () => {
    const state = existingObject(cluster, apiService, "v1.gateway.networking.k8s.io")?.state ?? {};
    assert.equal(valueAt(state, ["spec", "group"]), "gateway.networking.k8s.io");
    assert.equal(valueAt(state, ["status", "conditions", "0", "status"]), "True");
    assert.equal(existingObject(cluster, apiService, "v2.cilium.io"), undefined);
  });

  test("a site has its default classes, and the endpoints of its API server", () => {
    const read = (type: string, name: string) => existingObject(cluster, type, name)?.state ?? {};
    const priority = read("kubernetes:scheduling.k8s.io/v1:PriorityClass", "site-default");
    assert.equal(priority.globalDefault, true);
    const storage = read("kubernetes:storage.k8s.io/v1:StorageClass", "fast");
    assert.deepEqual(valueAt(storage, ["metadata", "annotations"]), {
      "storageclass.kubernetes.io/is-default-class": "true",
    });
    assert.deepEqual(read("kubernetes:storage.k8s.io/v1:StorageClass", "slow"), {});
    const endpoints = read("kubernetes:discovery.k8s.io/v1:EndpointSlice", "default/kubernetes");
    assert.equal(valueAt(endpoints, ["ports", "0", "port"]), 16443);
  });

  test("other kinds do not exist until they are created", () => {
    assert.equal(existingObject(cluster, "kubernetes:core/v1:Namespace", "sel-a1"), undefined);
  });
});
