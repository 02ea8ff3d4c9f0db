/**
 * Namespaces of a cluster that is made in the same run: in its preview the engine tells nothing of them but their inputs, one by
 * one, and where these come from. The engine's part is written down by hand here; pack.e2e.test.ts has the real one.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { unknown } from "./cell.ts";
import { type Given, judgeUnconfigured } from "./judge.ts";

const restricted = { "pod-security.kubernetes.io/enforce": "restricted" };
const denyAll = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

/** Without metadata the provider makes the name up. */
function namespace(name: string, metadata?: object): Given {
  const props = metadata ? { metadata } : {};
  return { type: "kubernetes:core/v1:Namespace", name, provider: "new", props };
}

/** A policy whose namespace is named by an output of what it comes from. */
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
  'metadata.labels["pod-security.kubernetes.io/enforce"] is not given: pods may do anything';
const lacksPolicy = "has no NetworkPolicy that denies all Ingress and Egress by default";

describe("a namespace of a cluster that is not made yet", () => {
  test("passes with its label and a policy that denies all", async () => {
    assert.deepEqual(await said(apps, policy(["apps"])), []);
  });

  test("breaks K5 without the label", async () => {
    assert.deepEqual(await said(namespace("apps", { name: "apps" }), policy(["apps"])), [
      `K5 mandatory "apps": ${lacksLabel}`,
    ]);
  });

  test("breaks K5 without a policy, and with one that allows something", async () => {
    assert.deepEqual(await said(apps), [`K5 mandatory "apps": ${lacksPolicy}`]);
    assert.deepEqual(await said(apps, policy(["apps"], { ...denyAll, egress: [{}] })), [
      'K5 mandatory "apps": has no NetworkPolicy that denies all Egress by default',
    ]);
  });

  test("breaks K5 when the policy is another namespace's", async () => {
    const other = namespace("other", { name: "other", labels: restricted });
    assert.deepEqual(await said(apps, other, policy(["other"])), [
      `K5 mandatory "apps": ${lacksPolicy}`,
    ]);
  });

  test("breaks K5 at its level when nobody can tell whose the policy is", async () => {
    const [only, ...more] = await said(apps, policy([]));
    assert.deepEqual(more, []);
    assert.match(only ?? "", /^K5 mandatory "apps": metadata\.namespace is not known until/);
  });

  test("is told apart by origin when the provider makes its name up", async () => {
    const unnamed = namespace("apps", { labels: restricted });
    assert.deepEqual(await said(unnamed, policy(["apps"])), []);
    const anonymous = { ...policy([]), props: { metadata: { name: "deny" }, spec: denyAll } };
    assert.deepEqual(await said(unnamed, anonymous), [`K5 mandatory "apps": ${lacksPolicy}`]);
  });

  test("breaks K5 when it was given nothing at all", async () => {
    assert.deepEqual(await said(namespace("apps")), [
      `K5 mandatory "apps": ${lacksLabel}`,
      `K5 mandatory "apps": ${lacksPolicy}`,
    ]);
  });

  test("is left to the update when the program only reads it", async () => {
    assert.deepEqual(await said({ ...namespace("kube-system"), read: true }), []);
  });
});
