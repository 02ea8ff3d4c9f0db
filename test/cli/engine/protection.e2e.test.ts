// What this cannot prove: that a provider would have replaced what is protected; the engine's words for that are from its source.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { exportState } from "../../../cli/engine/exported-state.ts";
import { lossOf, protectedIn } from "../../../cli/engine/protection.ts";
import { configure, fixtureProject, open, runAll } from "./fixture.ts";

const urn = (name: string) => `urn:pulumi:sample.one::fixture::fixture:index:Part::${name}`;
const counts = { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 0 };

test("an update that would delete what is protected is not begun, and everything that would go is named", async (t) => {
  const project = fixtureProject(t);
  const session = await open(t, project);
  configure(project, "sample.one", { environment: "sample", components: ["a", "b", "c", "d"] });
  await runAll(session, { operation: "up" });
  for (const name of ["b", "c"]) {
    const args = ["state", "protect", urn(name), "--stack", "sample.one", "--yes"];
    const { code, stderr } = await session.pulumi(args);
    assert.equal(code, 0, stderr);
  }
  assert.deepEqual((await protectedIn(session, "sample.one")).sort(), [urn("b"), urn("c")]);
  const before = await exportState(session, "sample.one");

  configure(project, "sample.one", { environment: "sample", components: ["a", "e"] });
  const [, report] = await runAll(session, { operation: "up" });
  assert.equal(report?.failure?.code, "resource-protected");
  assert.match(report?.failure?.message ?? "", /it would lose what is protected: Part b, Part c$/);
  assert.deepEqual(report?.failure?.details.split("\n"), [
    `npx atoll pulumi -- state unprotect '${urn("b")}' --stack sample.one --yes`,
    `npx atoll pulumi -- state unprotect '${urn("c")}' --stack sample.one --yes`,
  ]);
  assert.deepEqual(report?.counts, counts, "nothing was changed");
  const after = await exportState(session, "sample.one");
  assert.deepEqual(after.deployment?.resources, before.deployment?.resources);

  for (const name of ["b", "c"]) {
    const args = ["state", "unprotect", urn(name), "--stack", "sample.one", "--yes"];
    assert.equal((await session.pulumi(args)).code, 0);
  }
  const [, gone] = await runAll(session, { operation: "up" });
  assert.deepEqual([gone?.status, gone?.counts.deleted, gone?.counts.created], ["done", 3, 1]);
});

describe("what a preview shows to be lost of what is protected", () => {
  const foreseen = (messages: readonly string[], registered: readonly string[] = []) => ({
    stack: "sample.one",
    succeeded: false,
    progress: {
      counts,
      current: [],
      violations: [],
      changes: [],
      printed: [],
      registered,
      diagnostics: messages.map((message) => ({ severity: "error" as const, urn: "", message })),
    },
  });
  const replaced = (name: string) =>
    `unable to replace resource "${urn(name)}"\nas it is currently marked for protection. To unprotect the resource, remove the flag`;

  test("a replacement, each of them once", () => {
    const seen = foreseen([replaced("a"), replaced("a")], [urn("a"), urn("b")]);
    const failure = lossOf([urn("a"), urn("b")], seen);
    assert.match(failure?.message ?? "", /protected: Part a$/);
    assert.equal(failure?.details.split("\n").length, 1);
  });

  test("nothing where it failed for another reason, or did not fail", () => {
    assert.equal(lossOf([urn("a")], foreseen(["a subnet overlaps another"])), undefined);
    assert.equal(lossOf([urn("a")], { ...foreseen([replaced("a")]), succeeded: true }), undefined);
    assert.equal(lossOf([urn("a")], undefined), undefined);
  });
});
