/** Does not prove how a real API server merges labels and taints with several owners. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { OnpremCluster } from "../../../components/cluster/onprem.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { OnpremNodePools, type OnpremNodePoolsArgs } from "../../../components/node-pool/onprem.ts";
import { onpremNodePoolsSpec } from "../../../components/node-pool/schema.ts";
import { counts, inventory, only } from "../../support/inventory.ts";

const ownership = {
  environment: "prod",
  cell: "onprem-sel",
  owner: "platform",
  costCentre: "cc-100",
  dataClass: "internal",
} as const;

const spec: OnpremNodePoolsArgs["spec"] = {
  cloud: "onprem",
  pools: {
    system: {
      class: "system",
      capacity: "on-demand",
      size: { min: 1, max: 3 },
      nodes: ["sel-a1", "sel-b1"],
    },
    data: {
      class: "stateful",
      capacity: "on-demand",
      size: { min: 1, max: 1 },
      nodes: ["sel-a2"],
      labels: { "acme.example/disk": "nvme" },
      taints: { "acme.example/data": { effect: "NoSchedule" } },
    },
  },
};

const build = async (defaultClasses = {}) => {
  const all = await inventory(
    () => {
      const cluster = new OnpremCluster("cluster", {
        ownership,
        kubeconfig: "apiVersion: v1",
        spec: {
          cloud: "onprem",
          name: "prod-onprem-sel",
          version: "1.35",
          kubeconfig: { configKey: "kubeconfig" },
          nodes: ["sel-a1"],
          defaultClasses,
        },
      });
      return new OnpremNodePools("pools", { ownership, cluster, spec });
    },
    {
      respond: ({ type }) => {
        if (type.endsWith(":PriorityClass")) return { globalDefault: true };
        return { status: { nodeInfo: { kubeletVersion: "v1.35.2" } } };
      },
    },
  );
  return all.filter(({ name }) => name.startsWith("pools"));
};

const patchType = "kubernetes:core/v1:NodePatch";

describe("the registered resources of pools of existing nodes", () => {
  test("a patch for each node and the priority classes", async () => {
    const all = await build();
    assert.deepEqual(counts(all), {
      "atoll:node-pool:OnpremNodePools": 1,
      [patchType]: 3,
      "kubernetes:scheduling.k8s.io/v1:PriorityClass": 4,
    });
    for (const { custom, parent } of all) if (custom) assert.equal(parent, "pools");
  });

  test("a node gets the labels of its pool, and its taints do not change if the pool has none", async () => {
    const { inputs } = only(await build(), patchType, "pools-pool-system-sel-a1");
    const { name, labels, annotations } = inputs.metadata as Record<string, unknown>;
    assert.equal(name, "sel-a1");
    assert.equal((labels as Record<string, string>)["atoll.dev/pool"], "system");
    assert.equal((labels as Record<string, string>)["atoll.dev/class"], "system");
    assert.deepEqual(annotations, { "pulumi.com/patchFieldManager": "atoll" });
    assert.equal(inputs.spec, undefined);
  });

  test("a pool's taints take ownership of the node's list of taints", async () => {
    const { inputs } = only(await build(), patchType, "pools-pool-data-sel-a2");
    const { labels, annotations } = inputs.metadata as Record<string, unknown>;
    assert.equal((labels as Record<string, string>)["acme.example/disk"], "nvme");
    assert.equal((annotations as Record<string, string>)["pulumi.com/patchForce"], "true");
    assert.deepEqual(inputs.spec, {
      taints: [{ key: "acme.example/data", value: "", effect: "NoSchedule" }],
    });
  });

  test("a class is the default only where the cluster has none of its own", async () => {
    const defaults = async (classes: object) =>
      (await build(classes))
        .filter(({ type, inputs }) => type.endsWith(":PriorityClass") && inputs.globalDefault)
        .map(({ name }) => name);
    assert.deepEqual(await defaults({}), ["pools-priority-stateless"]);
    assert.deepEqual(await defaults({ priority: "site-default" }), []);
  });

  test("jobs do not preempt, and controllers have the highest priority", async () => {
    const all = await build();
    const priority = (key: string) =>
      only(all, "kubernetes:scheduling.k8s.io/v1:PriorityClass", `pools-priority-${key}`).inputs;
    assert.equal(priority("batch").preemptionPolicy, "Never");
    assert.ok(Number(priority("system").value) > Number(priority("stateful").value));
  });

  test("all resources use the provider of the verified cluster", async () => {
    for (const { custom, provider } of await build()) {
      if (custom) assert.match(provider, /pulumi:providers:kubernetes::cluster::/);
    }
  });
});

describe("invalid settings of pools of existing nodes", () => {
  const pool = {
    class: "stateless",
    capacity: "on-demand",
    size: { min: 1, max: 2 },
    nodes: ["sel-a1"],
  };
  const cases: [string, Record<string, unknown>, RegExp][] = [
    [
      "spot capacity",
      { web: { ...pool, capacity: "spot" } },
      /pools\.web\.capacity: must be "on-demand": spot capacity is not supported/,
    ],
    [
      "fewer nodes than min",
      { web: { ...pool, size: { min: 2, max: 3 } } },
      /pools\.web\.size: must include the number of nodes, 1/,
    ],
    [
      "more nodes than max",
      { web: { ...pool, nodes: ["a", "b", "c"] } },
      /pools\.web\.size: must include the number of nodes, 3/,
    ],
    ["no nodes", { web: { ...pool, nodes: [] } }, /pools\.web\.nodes: must name at least one node/],
    [
      "a node twice",
      { web: { ...pool, nodes: ["a", "a"] } },
      /pools\.web\.nodes: must name each node once/,
    ],
    [
      "a node in two pools",
      { web: pool, data: { ...pool, class: "stateful" } },
      /pools\.data\.nodes\[0\]: must be in one pool only, and is already in "web"/,
    ],
    [
      "a machine size, which cannot be chosen",
      { web: { ...pool, vcpus: { min: 4, max: 8 } } },
      /pools\.web\.vcpus: unknown field/,
    ],
    [
      "an invalid node name",
      { web: { ...pool, nodes: ["Sel_A1"] } },
      /pools\.web\.nodes\[0\]: must be the name of a node/,
    ],
  ];
  for (const [what, pools, expected] of cases) {
    test(what, () => {
      const { problems } = checkSpec(onpremNodePoolsSpec, { cloud: "onprem", pools }, "spec");
      const texts = problems.map(({ path, message }) => `${path}: ${message}`);
      assert.equal(texts.filter((text) => expected.test(text)).length, 1, JSON.stringify(texts));
    });
  }

  test("all problems together, including nodes in two pools", () => {
    const pools = {
      web: { ...pool, capacity: "spot" },
      data: { ...pool, size: { min: 4, max: 3 } },
      broken: 7,
    };
    const { problems } = checkSpec(onpremNodePoolsSpec, { cloud: "onprem", pools }, "spec");
    assert.deepEqual(
      problems.map(({ path }) => path),
      [
        "spec: pools.web.capacity",
        "spec: pools.data.size.min",
        "spec: pools.broken",
        "spec: pools.data.nodes[0]",
      ],
    );
  });
});
