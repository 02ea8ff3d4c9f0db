// Does not prove that Karpenter finds capacity, or which matching type it chooses.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { NodePool } from "@kubernetes-models/karpenter/karpenter.sh/v1";
import {
  type KarpenterPool,
  nodePoolKind,
  nodePoolSpec,
} from "../../../components/node-pool/aws-karpenter-pool.ts";

const pool: KarpenterPool = {
  class: "stateless",
  capacity: "spot-with-fallback",
  size: { max: 40 },
  architectures: ["amd64", "arm64"],
  vcpus: { min: 4, max: 32 },
  labels: {},
  taints: {},
};

const spec = (changes: Partial<KarpenterPool> = {}) =>
  nodePoolSpec("general", { ...pool, ...changes }, "atoll");

const values = (changes: Partial<KarpenterPool>, key: string) =>
  spec(changes)
    .template.spec.requirements.filter((requirement) => requirement.key === key)
    .map(({ operator, values }) => [operator, ...values]);

describe("a Karpenter NodePool", () => {
  test("uses spot and on-demand capacity as configured", () => {
    const capacity = (given: KarpenterPool["capacity"]) =>
      values({ capacity: given }, "karpenter.sh/capacity-type");
    assert.deepEqual(capacity("spot"), [["In", "spot"]]);
    assert.deepEqual(capacity("spot-with-fallback"), [["In", "spot", "on-demand"]]);
    assert.deepEqual(capacity("on-demand"), [["In", "on-demand"]]);
  });

  test("requires current families of three categories, or the families of the manifest", () => {
    assert.deepEqual(values({}, "karpenter.k8s.aws/instance-category"), [["In", "c", "m", "r"]]);
    assert.deepEqual(values({}, "karpenter.k8s.aws/instance-generation"), [["Gt", "4"]]);
    const families = ["m7g", "c7g"];
    assert.deepEqual(values({ families }, "karpenter.k8s.aws/instance-family"), [
      ["In", ...families],
    ]);
    assert.deepEqual(values({ families }, "karpenter.k8s.aws/instance-category"), []);
  });

  test("includes both ends of the vCPU range", () => {
    assert.deepEqual(values({}, "karpenter.k8s.aws/instance-cpu"), [
      ["Gt", "3"],
      ["Lt", "33"],
    ]);
  });

  test("has a limit of nodes and vCPUs", () => {
    assert.deepEqual(spec().limits, { nodes: "40", cpu: "1280" });
  });

  test("always has node expiration and a termination grace period", () => {
    for (const given of ["stateless", "batch", "stateful"] as const) {
      const { expireAfter, terminationGracePeriod } = spec({ class: given }).template.spec;
      assert.match(expireAfter, /^\d+h$/);
      assert.match(terminationGracePeriod, /^\d+h$/);
    }
  });

  test("prefers cheaper pools: spot before spot with fallback before on-demand", () => {
    const weight = (capacity: KarpenterPool["capacity"]) => spec({ capacity }).weight;
    assert.ok(weight("spot") > weight("spot-with-fallback"));
    assert.ok(weight("spot-with-fallback") > weight("on-demand"));
  });

  test("labels its nodes with pool and class, which the manifest's labels cannot override", () => {
    const labels = { "atoll.dev/pool": "other", team: "shop" };
    assert.deepEqual(spec({ labels }).template.metadata.labels, {
      "atoll.dev/pool": "general",
      "atoll.dev/class": "stateless",
      team: "shop",
    });
  });

  test("omits an empty taint value, which the CRD does not allow", () => {
    const taints = {
      "example.com/data": { value: "", effect: "NoSchedule" },
      "example.com/team": { value: "shop", effect: "NoExecute" },
    } as const;
    assert.deepEqual(spec({ taints }).template.spec.taints, [
      { key: "example.com/data", effect: "NoSchedule" },
      { key: "example.com/team", value: "shop", effect: "NoExecute" },
    ]);
  });

  test("keeps pods off a stateful node until volumes can be attached", () => {
    assert.deepEqual(spec().template.spec.startupTaints, []);
    assert.deepEqual(spec({ class: "stateful" }).template.spec.startupTaints, [
      { key: "ebs.csi.aws.com/agent-not-ready", effect: "NoExecute" },
    ]);
  });

  test("is valid by the schema of the CRD, and would not be with a wrong operator", () => {
    const object = { ...nodePoolKind, metadata: { name: "general" }, spec: spec() };
    const check = (given: unknown) =>
      new NodePool(given as ConstructorParameters<typeof NodePool>[0]).validate();
    check(object);
    const [first, ...rest] = object.spec.template.spec.requirements;
    const requirements = [{ ...first, operator: "Equals" }, ...rest];
    const template = {
      ...object.spec.template,
      spec: { ...object.spec.template.spec, requirements },
    };
    assert.throws(() => check({ ...object, spec: { ...object.spec, template } }));
  });
});
