// Checks of Kubernetes objects by schema and version. Other admission checks need a real API server.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  checkInputs,
  checkKubernetes,
  groupOf,
  gvkOf,
  isNamespaced,
  resourceSchema,
  tokenOf,
  unknownValue,
} from "../../../simulator/schema/index.ts";
import { kubernetesFile } from "../../../simulator/schema/kubernetes/kinds.ts";

type Bag = Record<string, unknown>;
const check = (object: Bag, patch = false): string[] =>
  checkKubernetes(object, { patch }).map(({ property, reason }) => `${property}: ${reason}`);
const deployment = (spec: Bag, metadata: Bag = { name: "web" }): Bag => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata,
  spec,
});
const template = (container: Bag): Bag => ({
  spec: { containers: [{ name: "a", image: "b", ...container }] },
});
const selector = { matchLabels: { app: "web" } };

describe("objects of the API", () => {
  test("a valid object passes, with unknown values anywhere", () => {
    assert.deepEqual(
      check(
        deployment({
          selector,
          replicas: 2,
          template: template({ ports: [{ containerPort: 80 }] }),
        }),
      ),
      [],
    );
    assert.deepEqual(
      check(deployment({ selector, replicas: unknownValue, template: unknownValue })),
      [],
    );
    assert.deepEqual(
      check(
        deployment(
          { selector, template: template({ image: unknownValue }) },
          { name: unknownValue },
        ),
      ),
      [],
    );
  });
  test("unknown fields, missing ones, wrong types and values are all reported", () => {
    assert.deepEqual(
      check(
        deployment({
          replica: 1,
          replicas: "3",
          template: template({ imagePullPolicy: "Alway", name: null }),
        }),
      ),
      [
        'spec.replica: unknown property, did you mean "replicas"?',
        'spec.replicas: must be a number, got "3"',
        'spec.template.spec.containers[0].imagePullPolicy: must be one of Always, IfNotPresent, Never, got "Alway", did you mean "Always"?',
        "spec.template.spec.containers[0].name: is required and missing",
        "spec.selector: is required and missing",
      ],
    );
  });
  test("items of a list with the same keys are refused, and a key has its default", () => {
    const twice = template({
      env: [{ name: "A", value: "1" }, { name: "B" }, { name: "A" }],
      ports: [{ containerPort: 80 }, { containerPort: 80, protocol: "TCP" }],
      volumeMounts: [
        { name: "a", mountPath: unknownValue },
        { name: "b", mountPath: unknownValue },
      ],
    });
    assert.deepEqual(check(deployment({ selector, template: twice })), [
      "spec.template.spec.containers[0].env[2]: has the name of item 0: A",
      "spec.template.spec.containers[0].ports[1]: has the containerPort and protocol of item 0: 80, TCP",
    ]);
    assert.deepEqual(
      check({
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "dns" },
        spec: {
          ports: [
            { name: "udp", port: 53, protocol: "UDP" },
            { name: "tcp", port: 53 },
          ],
        },
      }),
      [],
    );
  });
  test("a fraction is not an int32", () => {
    assert.deepEqual(check(deployment({ selector, replicas: 1.5, template: template({}) })), [
      "spec.replicas: must be of format int32, got 1.5",
    ]);
  });
  test("numbers and strings both pass if the API accepts either", () => {
    const service = (targetPort: unknown): Bag => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "a" },
      spec: { ports: [{ port: 80, targetPort }] },
    });
    assert.deepEqual([check(service("http")), check(service(8080))], [[], []]);
  });
  test("names, labels and annotations must have valid characters", () => {
    const metadata = {
      name: "Web_1",
      labels: { "a b": "x", app: "-web" },
      annotations: { "example.com/note": "any text, even this" },
    };
    assert.match(
      check(deployment({ selector, template: template({}) }, metadata)).join(),
      /^metadata.name: must be a DNS subdomain.*metadata.labels\["a b"\].*metadata.labels.app: must be a label value/,
    );
    assert.deepEqual(
      check({ apiVersion: "v1", kind: "Namespace", metadata: { name: "a.b" } }).length,
      1,
    );
    assert.deepEqual(
      check({
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        metadata: { name: "system:x" },
      }),
      [],
    );
  });
  test("a patch may omit required fields, but not the name", () => {
    const patch = {
      apiVersion: "v1",
      kind: "Node",
      metadata: { name: "n1" },
      spec: { taints: [{ key: "a" }] },
    };
    assert.deepEqual(check(patch, true), []);
    assert.deepEqual(check({ ...patch, metadata: {}, spec: { taint: [] } }, true), [
      'spec.taint: unknown property, did you mean "taints"?',
      "metadata.name: is required: it identifies the object to patch",
    ]);
  });
});

describe("versions", () => {
  const reason = (apiVersion: string, kind: string): string =>
    check({ apiVersion, kind, metadata: { name: "a" } }).join();
  test("a removed version is refused with its replacement", () => {
    assert.match(
      reason("policy/v1beta1", "PodDisruptionBudget"),
      /no longer served: use policy\/v1/,
    );
    assert.match(reason("autoscaling/v2beta2", "HorizontalPodAutoscaler"), /use autoscaling\/v2/);
    assert.match(reason("karpenter.sh/v1beta1", "NodePool"), /use karpenter.sh\/v1/);
    assert.match(reason("extensions/v1beta1", "Ingress"), /networking.k8s.io\/v1/);
  });
  test("a misspelled kind or version is refused with a similar name", () => {
    assert.match(reason("apps/v1", "Deploymnt"), /^kind: .*did you mean "Deployment"/);
    assert.match(
      reason("apps/v2", "Deployment"),
      /^apiVersion: no current cluster serves apps\/v2/,
    );
    assert.match(reason("karpenter.sh/v1", "NodePol"), /did you mean "NodePool"/);
    assert.match(reason("cilium.io/v1", "CiliumNetworkPolicy"), /use cilium.io\/v2/);
  });
  test("every built-in version is a stable one", () => {
    const versions = new Set(
      Object.values(kubernetesFile().kinds).map(({ apiVersion }) => apiVersion.split("/").pop()),
    );
    assert.deepEqual([...versions].sort(), ["v1", "v2"]);
  });
  test("an unknown custom kind is checked only for its metadata", () => {
    assert.deepEqual(reason("example.com/v1", "Widget"), "");
    assert.match(
      check({ apiVersion: "example.com/v1", kind: "Widget", metadata: { lables: {} } }).join(),
      /did you mean "labels"/,
    );
  });
  test("apiVersion and kind are required", () => {
    assert.deepEqual(check({ kind: "Pod" }), ["apiVersion: is required and missing"]);
  });
});

describe("kinds", () => {
  test("tokens and kinds are converted in both directions", () => {
    assert.deepEqual(gvkOf("kubernetes:core/v1:NodePatch"), {
      apiVersion: "v1",
      kind: "Node",
      patch: true,
    });
    assert.deepEqual(gvkOf("kubernetes:karpenter.sh/v1:NodePool"), {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      patch: false,
    });
    assert.equal(gvkOf("kubernetes:helm.sh/v3:Release"), undefined);
    assert.equal(gvkOf("aws:ec2/vpc:Vpc"), undefined);
    assert.equal(tokenOf("v1", "Node"), "kubernetes:core/v1:Node");
    assert.equal(tokenOf("apps/v1", "Deployment"), "kubernetes:apps/v1:Deployment");
    assert.deepEqual([groupOf("v1"), groupOf("apps/v1")], ["", "apps"]);
  });
  test("scope is known for built-in and custom kinds", () => {
    const of = (names: readonly (readonly [string, string])[]): boolean[] =>
      names.map(([version, kind]) => isNamespaced(version, kind));
    assert.deepEqual(
      of([
        ["v1", "Pod"],
        ["apps/v1", "Deployment"],
        ["kafka.strimzi.io/v1", "Kafka"],
        ["x.io/v1", "Y"],
      ]),
      [true, true, true, true],
    );
    assert.deepEqual(
      of([
        ["v1", "Namespace"],
        ["storage.k8s.io/v1", "StorageClass"],
        ["karpenter.sh/v1", "NodePool"],
        ["cloud.google.com/v1", "ComputeClass"],
      ]),
      [false, false, false, false],
    );
  });
  test("a chart's release is checked by the SDK's declarations", () => {
    const schema = resourceSchema("kubernetes:helm.sh/v3:Release");
    assert.ok(schema);
    assert.deepEqual(
      checkInputs(schema, {
        chart: "karpenter",
        version: "1.8.0",
        values: { any: { thing: 1 } },
        repositoryOpts: { repo: "oci://x" },
      }),
      [],
    );
    assert.deepEqual(
      checkInputs(schema, { chart: "a", repositoryOpts: { repository: "x" } }).map(
        ({ property }) => property,
      ),
      ["repositoryOpts.repository"],
    );
  });
  test("a compute class is checked by GKE's reference", () => {
    const computeClass = (spec: Bag): string[] =>
      check({
        apiVersion: "cloud.google.com/v1",
        kind: "ComputeClass",
        metadata: { name: "spot" },
        spec,
      });
    const right = {
      priorities: [{ machineFamily: "n4", spot: true, minCores: 4 }],
      nodePoolAutoCreation: { enabled: true },
      whenUnsatisfiable: "DoNotScaleUp",
    };
    assert.deepEqual(computeClass(right), []);
    assert.deepEqual(
      computeClass({
        ...right,
        priorities: [{ machineFamilly: "n4" }],
        whenUnsatisfiable: "Wait",
        autoscalingPolicy: { consolidationDelayMinutes: 0 },
      }),
      [
        'spec.priorities[0].machineFamilly: unknown property, did you mean "machineFamily"?',
        'spec.whenUnsatisfiable: must be one of ScaleUpAnyway, DoNotScaleUp, got "Wait"',
        "spec.autoscalingPolicy.consolidationDelayMinutes: must be >= 1, got 0",
      ],
    );
  });
});
