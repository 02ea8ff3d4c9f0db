/**
 * Namespaces of a cluster that is created in the same run: in its preview the engine provides only their inputs, one by one, and
 * the origins of these. The engine's part is written by hand here; pack.e2e.test.ts has the real one.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { unknown } from "./cell.ts";
import { type Given, judgeUnconfigured } from "./judge.ts";

const restricted = { "pod-security.kubernetes.io/enforce": "restricted" };
const denyAll = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

/** Without metadata the provider generates the name. */
function namespace(name: string, metadata?: object): Given {
  const props = metadata ? { metadata } : {};
  return { type: "kubernetes:core/v1:Namespace", name, provider: "new", props };
}

/** A policy whose namespace comes from an output of another resource. */
function policy(from: readonly string[], spec: object = denyAll): Given {
  return {
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    name: "deny",
    provider: "new",
    props: { metadata: { name: "deny", namespace: unknown }, spec },
    from: { metadata: from },
  };
}

async function said(...resources: readonly Given[]): Promise<string[]> {
  const verdicts = await judgeUnconfigured(resources);
  return verdicts.map(({ control, level, message }) => {
    const found = message.split("\n")[1]?.replace("kubernetes:core/v1:Namespace ", "");
    return `${control} ${level} ${found}`;
  });
}

const apps = namespace("apps", { name: "apps", labels: restricted });
const lacksLabel =
  'metadata.labels["pod-security.kubernetes.io/enforce"] is not set: pods are unrestricted';
const lacksPolicy = "has no NetworkPolicy that denies all Ingress and Egress by default";

describe("a namespace of a cluster that is not created yet", () => {
  test("passes with its label and a policy that denies all traffic", async () => {
    assert.deepEqual(await said(apps, policy(["apps"])), []);
  });

  test("violates K5 without the label", async () => {
    assert.deepEqual(await said(namespace("apps", { name: "apps" }), policy(["apps"])), [
      `K5 mandatory "apps": ${lacksLabel}`,
    ]);
  });

  test("violates K5 without a policy, and with one that allows traffic", async () => {
    assert.deepEqual(await said(apps), [`K5 mandatory "apps": ${lacksPolicy}`]);
    assert.deepEqual(await said(apps, policy(["apps"], { ...denyAll, egress: [{}] })), [
      'K5 mandatory "apps": has no NetworkPolicy that denies all Egress by default',
    ]);
  });

  test("violates K5 when the policy is another namespace's", async () => {
    const other = namespace("other", { name: "other", labels: restricted });
    assert.deepEqual(await said(apps, other, policy(["other"])), [
      `K5 mandatory "apps": ${lacksPolicy}`,
    ]);
  });

  test("violates K5 at its level when the policy's namespace is unknown", async () => {
    const [only, ...more] = await said(apps, policy([]));
    assert.deepEqual(more, []);
    assert.match(only ?? "", /^K5 mandatory "apps": metadata\.namespace is unknown until/);
  });

  test("is distinguished by origin when the provider generates its name", async () => {
    const unnamed = namespace("apps", { labels: restricted });
    assert.deepEqual(await said(unnamed, policy(["apps"])), []);
    const anonymous = { ...policy([]), props: { metadata: { name: "deny" }, spec: denyAll } };
    assert.deepEqual(await said(unnamed, anonymous), [`K5 mandatory "apps": ${lacksPolicy}`]);
  });

  test("violates K5 without any inputs", async () => {
    assert.deepEqual(await said(namespace("apps")), [
      `K5 mandatory "apps": ${lacksLabel}`,
      `K5 mandatory "apps": ${lacksPolicy}`,
    ]);
  });

  test("is left to the update when the program only reads it", async () => {
    assert.deepEqual(await said({ ...namespace("kube-system"), read: true }), []);
  });
});
