// Sizes of Kubernetes objects, each at its limit and one above. That a real API server counts the same is known from its sources.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkKubernetes } from "../../../simulator/schema/index.ts";

type Bag = Record<string, unknown>;
const said = (object: Bag) =>
  checkKubernetes({ apiVersion: "v1", ...object }).map(
    ({ property, reason }) => `${property}: ${reason}`,
  );

describe("the size of an object", () => {
  test("is limited to 256 KiB of annotations, keys included", () => {
    const map = (length: number, more = {}) =>
      said({
        kind: "ConfigMap",
        metadata: { name: "a", annotations: { "acme.example/a": "x".repeat(length), ...more } },
      });
    const most = 262_144 - "acme.example/a".length;
    assert.deepEqual(map(most), []);
    assert.deepEqual(map(most + 1), [
      "metadata.annotations: may not be more than 262144 bytes, got 262145",
    ]);
    assert.equal(map(most, { b: "" }).length, 1);
    // Two bytes in UTF-8.
    const accented = (length: number) => map(length, { b: "é" });
    assert.deepEqual(accented(most - 3), []);
    assert.match(accented(most - 2).join(), /got 262145$/);
  });

  test("is limited to 1 MiB of values in a ConfigMap", () => {
    const map = (data: Bag) => said({ kind: "ConfigMap", metadata: { name: "a" }, ...data });
    assert.deepEqual(map({ data: { key: "x".repeat(1_048_576) } }), []);
    assert.deepEqual(map({ data: { key: "x".repeat(1_048_577) } }), [
      "data: may not be more than 1048576 bytes, got 1048577",
    ]);
    assert.deepEqual(map({ data: { a: "x".repeat(600_000), b: "x".repeat(448_577) } }), [
      "data: may not be more than 1048576 bytes, got 1048577",
    ]);
  });

  test("is limited to 1 MiB of decoded values in a Secret", () => {
    const secret = (data: Bag) => said({ kind: "Secret", metadata: { name: "a" }, ...data });
    const encoded = (bytes: number) => Buffer.alloc(bytes).toString("base64");
    assert.deepEqual(secret({ data: { key: encoded(1_048_576) } }), []);
    assert.match(secret({ data: { key: encoded(1_048_577) } }).join(), /^data: .* got 1048577$/);
    assert.match(
      secret({ data: { a: encoded(1_000_000) }, stringData: { b: "x".repeat(48_577) } }).join(),
      /^data: .* got 1048577$/,
    );
  });

  test("is limited to what etcd stores", () => {
    const ports = (count: number) =>
      said({
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: "a" },
        spec: {
          podSelector: {},
          egress: [
            {
              to: Array.from({ length: count }, () => ({ ipBlock: { cidr: "203.0.113.0/24" } })),
            },
          ],
        },
      });
    assert.deepEqual(ports(30_000), []);
    assert.match(ports(50_000).join(), /^metadata: is too large: etcd accepts 1572864 bytes/);
  });
});
