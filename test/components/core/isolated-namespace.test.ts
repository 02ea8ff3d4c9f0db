// What is registered for Kubernetes. Does not prove that a network plugin enforces it as intended.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { IsolatedNamespace } from "../../../components/core/isolated-namespace.ts";
import { inventory } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";

const resources = await inventory(
  () =>
    new IsolatedNamespace("apart", { ownership, noun: "sample", namespace: "apart", policies: {} }),
);

const policy = (key: string) =>
  resources.find(({ type, name }) => type.endsWith(":NetworkPolicy") && name === `apart-${key}`)
    ?.inputs.spec as { egress?: { to: unknown[]; ports: unknown[] }[]; policyTypes: string[] };

describe("an isolated namespace", () => {
  test("denies all other traffic, ingress and egress", () => {
    assert.deepEqual(policy("deny"), { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });

  test("allows the cluster's DNS, also with a cache on every node", () => {
    const [rule] = policy("dns").egress ?? [];
    assert.deepEqual(rule, {
      to: [
        {
          namespaceSelector: {
            matchExpressions: [
              { key: "kubernetes.io/metadata.name", operator: "In", values: ["kube-system"] },
            ],
          },
          podSelector: {
            matchExpressions: [
              { key: "k8s-app", operator: "In", values: ["kube-dns", "node-local-dns"] },
            ],
          },
        },
        { ipBlock: { cidr: "169.254.20.10/32" } },
      ],
      ports: [
        { protocol: "UDP", port: 53 },
        { protocol: "TCP", port: 53 },
      ],
    });
  });
});
