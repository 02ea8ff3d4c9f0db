// What this test cannot prove: that a provider would have replaced the protected resource.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exportState } from "../../../cli/engine/exported-state.ts";
import { protectedIn } from "../../../cli/engine/protection.ts";
import { configure, fixtureProject, open, runAll } from "./fixture.ts";

const urn = (name: string) => `urn:pulumi:sample.one::fixture::fixture:index:Part::${name}`;
const counts = { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 0 };

test("an update that would delete protected resources does not start, and names all of them", async (t) => {
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
  const preview = () => runAll(session, { operation: "preview" });

  configure(project, "sample.one", { environment: "sample", components: ["a", "e"] });
  assert.equal(
    (await preview())[1]?.failure?.code,
    "resource-protected",
    "a preview reports it too",
  );
  const [, report] = await runAll(session, { operation: "up" });
  assert.equal(report?.failure?.code, "resource-protected");
  assert.match(
    report?.failure?.message ?? "",
    /would replace or delete protected resources: Part b, Part c$/,
  );
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
