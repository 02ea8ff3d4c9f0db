// The real engine, the real language host and a real policy pack with a program of components only. What these tests cannot prove:
// how the providers of a cloud behave; test/e2e uses the embedded cloud.
import assert from "node:assert/strict";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { configFile } from "../../../footprint/files/config-files.ts";
import { configure, fixtureProject, open, runAll, sample } from "./fixture.ts";

const statuses = (reports: readonly { readonly stack: string; readonly status: string }[]) =>
  Object.fromEntries(reports.map(({ stack, status }) => [stack, status]));

describe("stacks on the real engine", () => {
  test("a first preview plans everything, and cells do not need a deployed environment", async (t) => {
    const project = fixtureProject(t);
    // A manifest beyond what one variable can hold on Linux, and a pack whose path is quoted in a list of values.
    configure(project, "sample.one", { components: ["a", "b"], note: "x".repeat(300_000) });
    const odd = path.join(path.dirname(project.configDir), 'a, "b"\nc');
    symlinkSync(project.policyPack ?? "", odd);
    const session = await open(t, { ...project, policyPack: odd });
    const reports = await runAll(session, { operation: "preview" });
    assert.deepEqual(statuses(reports), {
      sample: "done",
      "sample.one": "done",
      "sample.two": "done",
    });
    assert.deepEqual(reports[0]?.counts, {
      created: 3,
      updated: 0,
      replaced: 0,
      deleted: 0,
      unchanged: 0,
    });
  });

  test("up creates, a second up changes nothing, a changed manifest updates, destroy leaves no resource", async (t) => {
    const project = fixtureProject(t);
    const session = await open(t, project);
    const first = await runAll(session, { operation: "up" });
    assert.deepEqual(
      first.map(({ counts }) => counts.created),
      [3, 3, 3],
    );

    const second = await runAll(session, { operation: "up" });
    for (const { stack, counts } of second) {
      assert.deepEqual(
        { ...counts, unchanged: 0 },
        { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 0 },
        stack,
      );
      assert.ok(counts.unchanged >= 3, stack);
    }

    configure(project, "sample.one", { environment: "sample", components: ["a", "c"] });
    const third = await runAll(session, { operation: "up" });
    assert.deepEqual(
      third[1]?.result?.progress.changes
        .map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`)
        .sort(),
      ["create c", "delete b"],
    );

    const last = await runAll(session, { operation: "destroy" });
    assert.deepEqual(statuses(last), {
      sample: "done",
      "sample.one": "done",
      "sample.two": "done",
    });
    assert.ok(last.every(({ counts }) => counts.deleted > 0));
  });

  test("a rehearsal does not change the user's config files", async (t) => {
    const project = fixtureProject(t);
    const file = path.join(project.configDir, configFile("sample"));
    const before = readFileSync(file, "utf8");
    const session = await open(t, project);
    await runAll(session, { operation: "up", stacks: sample.slice(0, 1) });
    assert.equal(readFileSync(file, "utf8"), before);
    assert.match(
      readFileSync(path.join(session.target.folders?.config ?? "", configFile("sample")), "utf8"),
      /encryptionsalt/,
    );
    assert.equal(existsSync(path.join(project.root, "config", "Pulumi.yaml")), false);
  });

  test("a mandatory violation stops the stack and is reported once, with its resource; an advisory one does not stop it", async (t) => {
    const project = fixtureProject(t);
    configure(project, "sample.one", { environment: "sample", components: ["a", "forbidden"] });
    configure(project, "sample.two", { environment: "sample", components: ["odd"] });
    const session = await open(t, project);
    for (const operation of ["preview", "up"] as const) {
      const [, one, two] = await runAll(session, { operation });
      assert.equal(one?.status, "failed", operation);
      assert.equal(one?.failure, undefined, operation);
      assert.deepEqual(
        one?.violations.map(({ policy, level, urn }) => [policy, level, urn.split("::").at(-1)]),
        [["fx1-disallow-forbidden-part", "mandatory", "forbidden"]],
      );
      assert.equal(two?.status, "done", operation);
      assert.deepEqual(
        two?.violations.map(({ policy, level }) => [policy, level]),
        [["fx2-disallow-odd-part", "advisory"]],
      );
    }
    const [, one] = await runAll(session, { operation: "up", judged: false });
    assert.deepEqual(
      [one?.status, one?.violations],
      ["done", []],
      "the policies were not evaluated",
    );
  });

  test("a failing cell does not stop other cells, and reports the error of its program", async (t) => {
    const project = fixtureProject(t);
    configure(project, "sample.one", {
      environment: "sample",
      components: [],
      fail: "the sky is green",
    });
    const session = await open(t, project);
    const reports = await runAll(session, { operation: "up" });
    assert.deepEqual(statuses(reports), {
      sample: "done",
      "sample.one": "failed",
      "sample.two": "done",
    });
    assert.equal(reports[1]?.failure?.code, "program-failed");
    assert.match(reports[1]?.failure?.message ?? "", /the sky is green/);
  });

  test("a failed environment skips its cells, which report it", async (t) => {
    const project = fixtureProject(t);
    configure(project, "sample", { components: [], fail: "no network" });
    const session = await open(t, project);
    const reports = await runAll(session, { operation: "up" });
    assert.deepEqual(statuses(reports), {
      sample: "failed",
      "sample.one": "skipped",
      "sample.two": "skipped",
    });
    assert.match(reports[1]?.failure?.message ?? "", /because sample failed/);
  });

  test("the output of a program reaches the engine, and values set for one run reach the program", async (t) => {
    const session = await open(t, fixtureProject(t));
    const [report] = await runAll(session, {
      operation: "up",
      stacks: sample.slice(0, 1),
      set: { "atoll:protection": "lifted" },
    });
    assert.ok(report?.result?.progress.printed.includes("sample has 2 components"));
    const [again] = await runAll(session, { operation: "preview", stacks: sample.slice(0, 1) });
    assert.equal(
      again?.counts.updated,
      2,
      "the next run does not have the value, so both parts would change back",
    );
  });
});
