// What these tests cannot prove: that a real cloud deletes a resource with deletion protection of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exportState } from "../../../cli/engine/exported-state.ts";
import { liftInState, mustLift, withoutProtection } from "../../../cli/engine/lift.ts";
import { setTag, tagsOf } from "../../../cli/engine/stack-tags.ts";
import { fixtureProject, open, runAll } from "./fixture.ts";

test("protection and retention are removed, and the rest of the state is kept", () => {
  const resource = (name: string) => ({ urn: `urn:${name}`, type: "fixture:index:Part" });
  const lifted = withoutProtection({
    deployment: {
      resources: [
        { ...resource("a"), protect: true, retainOnDelete: true },
        { ...resource("b"), retainOnDelete: true },
        resource("c"),
      ],
      pending_operations: [],
    },
  });
  assert.deepEqual(lifted, {
    deployment: {
      resources: [resource("a"), resource("b"), resource("c")],
      pending_operations: [],
    },
  });
});

test("definitions of custom resources stay retained", () => {
  const type = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinitionPatch";
  const definition = { urn: "urn:crd", type, retainOnDelete: true };
  const other = { urn: "urn:a", type: "x" };
  const resources = [definition, { ...other, protect: true }];
  assert.deepEqual(withoutProtection({ deployment: { resources } })?.deployment?.resources, [
    definition,
    other,
  ]);
  assert.equal(withoutProtection({ deployment: { resources: [definition] } }), undefined);
});

test("a state without protection is not changed", () => {
  assert.equal(
    withoutProtection({ deployment: { resources: [{ urn: "urn:a", type: "x" }] } }),
    undefined,
  );
  assert.equal(withoutProtection({}), undefined);
});

test("the engine accepts a state whose protection was removed", async (t) => {
  const session = await open(t, fixtureProject(t));
  await runAll(session, { operation: "up" });
  const { stderr, code } = await session.pulumi([
    "state",
    "protect",
    "--all",
    "--stack",
    "sample",
    "--yes",
  ]);
  assert.equal(code, 0, stderr);
  const before = await exportState(session, "sample");
  const count = before.deployment?.resources?.length;
  assert.ok(before.deployment?.resources?.some(({ protect }) => protect));
  await liftInState(session, ["sample"], new Set());
  const after = await exportState(session, "sample");
  assert.ok(after.deployment?.resources?.every(({ protect }) => !protect));
  assert.equal(after.deployment?.resources?.length, count);
});

test("a stack is updated before it is destroyed, unless it is empty or an update has lifted its protection", () => {
  const resource = { urn: "urn:a", type: "aws:s3/bucket:Bucket", custom: true };
  const stack = { urn: "urn:stack", type: "pulumi:pulumi:Stack" };
  const state = (...resources: object[]) =>
    ({ deployment: { resources } }) as Parameters<typeof mustLift>[0];
  const lifted = { "atoll:protection": "lifted" };
  const none = new Set<string>();
  assert.equal(mustLift(state(stack), {}, none), false);
  assert.equal(mustLift({}, {}, none), false);
  assert.equal(mustLift(state(stack, resource), {}, none), true, "the clouds may still protect it");
  assert.equal(mustLift(state(stack, resource), lifted, none), false);
  const protectedAgain = { ...resource, protect: true };
  assert.equal(mustLift(state(stack, protectedAgain), lifted, none), true);
  const archive = { ...resource, retainOnDelete: true };
  assert.equal(mustLift(state(stack, archive), lifted, new Set(["urn:a"])), false);
});

test("a tag of a stack is read as it was written, and outlives an update", async (t) => {
  const session = await open(t, fixtureProject(t));
  await runAll(session, { operation: "up" });
  assert.equal((await tagsOf(session, "sample"))["atoll:keeps-0"], undefined);
  const arn = "arn:aws:kms:us-east-1:111122223333:key/b80bba34";
  await setTag(session, "sample", "atoll:keeps-0", arn);
  await runAll(session, { operation: "up" });
  assert.equal((await tagsOf(session, "sample"))["atoll:keeps-0"], arn);
});
