// Answers to calls, without the engine. The engine's own handling of resources that are not ready is not proven here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, settled, type Unary } from "../../simulator/answers.ts";
import { InitFailed } from "../../simulator/init-failed.ts";
import type { Resource } from "../../simulator/store.ts";

const resource: Resource = {
  key: 1,
  urn: "urn:pulumi:test::rig::kubernetes:acme.example/v1:Thing::a",
  stack: "test",
  type: "kubernetes:acme.example/v1:Thing",
  place: "kubernetes/seoul",
  id: "data/a",
  inputs: {},
  state: {},
  secrets: [],
  acknowledged: false,
};

/** The answer to a call whose resource is ready when it is looked at for the n-th time. */
function answered(n: number, cancelled = false): Promise<unknown> {
  let looks = 0;
  const look = (): Resource => {
    looks += 1;
    if (looks < n) throw new InitFailed(resource, "not ready", look);
    return resource;
  };
  const call = { cancelled, request: {} } as unknown as Unary<object>;
  const work = () => settled(look, (made) => ({ id: made.id, looks }));
  return new Promise((resolve) => {
    answer<object>("creating", work)(call, (error, response) => resolve(error ?? response));
  });
}

test("a resource that is ready is answered at once", async () => {
  assert.deepEqual(await answered(1), { id: "data/a", looks: 1 });
});

test("one that becomes ready while others are created is answered then", async () => {
  assert.deepEqual(await answered(3), { id: "data/a", looks: 3 });
});

test("one that is not ready fails with the reason, and the engine learns of it", async () => {
  const failure = (await answered(Number.POSITIVE_INFINITY, true)) as {
    details: string;
    metadata: { get(key: string): unknown[] };
  };
  assert.equal(failure.details, "not ready");
  assert.equal(failure.metadata.get("grpc-status-details-bin").length, 1);
});
