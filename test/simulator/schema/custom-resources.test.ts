// Bodies of custom resources, by the definitions of their projects' releases. Rules in CEL and of webhooks are not part of them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkKubernetes, customKind, unknownValue } from "../../../simulator/schema/index.ts";
import { customKinds } from "../../../simulator/schema/kubernetes/custom.ts";
import { kubernetesFile } from "../../../simulator/schema/kubernetes/kinds.ts";
import { breakages, type Fault } from "./breakage.ts";
import { type CustomObject, customObjects } from "./custom-objects.ts";

const problems = (object: Record<string, unknown>): string[] =>
  checkKubernetes(object).map(({ property, reason }) => `${property}: ${reason}`);

function definitionOf({ apiVersion, kind }: CustomObject) {
  const definition = customKind(apiVersion, kind)?.definition;
  assert.ok(definition, `no schema of ${apiVersion} ${kind}`);
  return definition;
}

function* broken(object: CustomObject) {
  const { schema, types } = definitionOf(object);
  const { apiVersion, kind, metadata, ...body } = object;
  for (const { fault, path, value } of breakages(schema, body, types)) {
    if (path !== "")
      yield { fault, path, object: { ...(value as object), apiVersion, kind, metadata } };
  }
}

describe("the custom resources of the components", async () => {
  const objects = await customObjects();

  test("are of all projects, and are accepted", () => {
    const groups = new Set(objects.map(({ apiVersion }) => apiVersion.split("/")[0]));
    assert.deepEqual([...groups].sort(), [
      "barmancloud.cnpg.io",
      "cert-manager.io",
      "external-secrets.io",
      "kafka.strimzi.io",
      "karpenter.k8s.aws",
      "karpenter.sh",
      "postgresql.cnpg.io",
    ]);
    assert.deepEqual(objects.flatMap(problems), []);
  });

  test("are refused with any fault, and the place is named", () => {
    const passed: string[] = [];
    const tried = new Map<Fault, number>();
    for (const object of objects) {
      for (const { fault, path, object: wrong } of broken(object)) {
        tried.set(fault, (tried.get(fault) ?? 0) + 1);
        if (!checkKubernetes(wrong).some(({ property }) => property === path))
          passed.push(`${object.kind} ${path}: ${fault}`);
      }
    }
    assert.deepEqual(passed, []);
    // Every kind of fault occurs, so none is passed over.
    const faults: Fault[] = ["unknown field", "wrong type", "enum", "pattern", "range"];
    const more: Fault[] = ["missing field", "repeated key", "too few", "too many"];
    for (const fault of [...faults, ...more]) assert.ok((tried.get(fault) ?? 0) > 0, fault);
  });

  test("may have unknown values anywhere", () => {
    for (const { apiVersion, kind, metadata, ...body } of objects) {
      for (const [name, value] of Object.entries(body)) {
        const one = { apiVersion, kind, metadata, ...body, [name]: unknownValue };
        assert.deepEqual(problems(one), [], `${kind} ${name}`);
        if (typeof value !== "object" || value === null) continue;
        for (const inner of Object.keys(value))
          assert.deepEqual(
            problems({ ...one, [name]: { ...value, [inner]: unknownValue } }),
            [],
            `${kind} ${name}.${inner}`,
          );
      }
    }
  });
});

describe("definitions", () => {
  const object = (apiVersion: string, kind: string, spec: unknown): string[] =>
    problems({ apiVersion, kind, metadata: { name: "a" }, spec });

  test("a misspelled field is named with the right one, at any depth", () => {
    assert.deepEqual(
      object("kafka.strimzi.io/v1", "KafkaTopic", { partitons: 3, config: { any: { thing: 1 } } }),
      ['spec.partitons: unknown property, did you mean "partitions"?'],
    );
    assert.deepEqual(
      object("monitoring.coreos.com/v1", "ServiceMonitor", {
        selector: {},
        endpoints: [{ port: "web", intervall: "30s" }],
      }),
      ['spec.endpoints[0].intervall: unknown property, did you mean "interval"?'],
    );
  });

  test("a field takes a whole number or a string where the definition has both, and nothing else", () => {
    const pool = (storage: unknown): string[] =>
      object("gateway.networking.k8s.io/v1", "HTTPRoute", { rules: [{ backendRefs: storage }] });
    assert.deepEqual(pool([{ name: "a", port: 80 }]), []);
    assert.deepEqual(pool([{ name: "a", port: "80" }]), [
      'spec.rules[0].backendRefs[0].port: must be a whole number, got "80"',
    ]);
    const probe = (port: unknown): string[] =>
      object("monitoring.coreos.com/v1", "PodMonitor", {
        selector: {},
        podMetricsEndpoints: [{ targetPort: port }],
      });
    assert.deepEqual([probe(80), probe("web")], [[], []]);
    assert.deepEqual(probe(true), [
      "spec.podMetricsEndpoints[0].targetPort: must be a whole number or a string, got true",
    ]);
  });

  test("alternatives that exclude each other are refused together", () => {
    const schema = { name: "c", issuerRef: { name: "i" }, secretName: "s" };
    assert.deepEqual(
      object("cert-manager.io/v1", "Certificate", { ...schema, name: undefined }),
      [],
    );
    assert.match(
      object("networking.istio.io/v1", "ServiceEntry", { hosts: [] }).join(),
      /spec.hosts: must have at least 1 items/,
    );
  });

  test("every version that a definition serves has all of its kinds", () => {
    assert.ok(customKinds("kafka.strimzi.io/v1").includes("KafkaBridge"));
    assert.ok(customKinds("argoproj.io/v1alpha1").includes("Rollout"));
    assert.deepEqual(customKinds("argoproj.io/v1alpha1", "argo-cd"), [
      "AppProject",
      "Application",
      "ApplicationSet",
    ]);
    assert.ok(!Object.keys(kubernetesFile().kinds).some((kind) => kind.startsWith("karpenter")));
  });
});
