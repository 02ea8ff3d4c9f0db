// Programs that share processes, on the real engine. What these tests cannot prove: how much time it saves; `npm run bench` prints that.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, test } from "node:test";
import { deploy, type StackReport } from "../../../cli/engine/deploy.ts";
import type { Session } from "../../../cli/engine/session.ts";
import { ensureEngine } from "../../../tools/engine.ts";
import { configure, fixtureProject, open, runAll, sample, silent } from "./fixture.ts";

/** The stacks in sequence, so that a process is free for the next. */
const inTurn = [
  { name: "sample", needs: [] },
  { name: "sample.one", needs: ["sample"] },
  { name: "sample.two", needs: ["sample", "sample.one"] },
];

const preview = (session: Session) => runAll(session, { operation: "preview", stacks: inTurn });

/** The position of each stack's program in its process; 0 where it is unknown. */
function turns(reports: readonly StackReport[]): number[] {
  return reports.map(({ result }) => {
    const said = result?.progress.printed.join("\n") ?? "";
    return Number(/is program (\d+) of its process/.exec(said)?.[1] ?? 0);
  });
}

const statuses = (reports: readonly StackReport[]) => reports.map(({ status }) => status);

describe("programs that share a process", () => {
  test("each have their own manifest, output and stack outputs", async (t) => {
    const project = fixtureProject(t);
    configure(project, "sample.one", { environment: "sample", components: ["a"] });
    configure(project, "sample.two", { environment: "sample", components: ["b", "c", "d"] });
    const session = await open(t, project);
    const reports = await runAll(session, { operation: "up", stacks: inTurn });
    assert.deepEqual(turns(reports), [1, 2, 3]);
    for (const [i, { stack, result }] of reports.entries()) {
      const components = [2, 1, 3][i];
      assert.deepEqual(
        result?.progress.printed.filter((line) => line.includes("components")),
        [`${stack} has ${components} components`],
      );
      const { stdout } = await session.pulumi(["stack", "output", "--json", "--stack", stack]);
      assert.deepEqual(JSON.parse(stdout), { colour: "blue", stack });
    }
  });

  test("use separate processes for stacks that run at the same time", async (t) => {
    const project = fixtureProject(t);
    const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-meet-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    for (const stack of ["sample.one", "sample.two"])
      configure(project, stack, { components: ["a"], meet: { folder, programs: 2 } });
    const session = await open(t, project);
    const reports = await runAll(session, { operation: "preview", stacks: sample, atOnce: 2 });
    assert.deepEqual(statuses(reports), ["done", "done", "done"]);
    const [first = 0, ...others] = turns(reports);
    assert.equal(first, 1);
    assert.deepEqual(others.sort(), [1, 2]);
  });

  for (const [what, manifest, message] of [
    ["throws", { explode: "boom" }, /failed in its program: Error: boom$/],
    ["fails after its main function has returned", { explode: "boom", late: true }, /Error: boom$/],
    ["refuses its manifest", { fail: "no network" }, /failed in its program: no network$/],
    ["ends its process", { exit: 7 }, /program ended with exit code 7/],
    ["leaves a resource without its inputs", { open: true }, /program ended with exit code 1$/],
    ["waits for a promise that never settles", { hang: true }, /program ended with exit code 1$/],
  ] as const)
    test(`are not affected by a previous one that ${what}`, async (t) => {
      const project = fixtureProject(t);
      configure(project, "sample.one", { components: ["a"], ...manifest });
      const session = await open(t, project);
      const [environment, one] = await runAll(session, {
        operation: "preview",
        stacks: inTurn.slice(0, 2),
      });
      assert.deepEqual([environment?.status, one?.status], ["done", "failed"]);
      assert.match(one?.failure?.message ?? "", message);
      const after = await runAll(session, { operation: "preview", stacks: [sample[0]!] });
      assert.deepEqual(statuses(after), ["done"]);
      assert.deepEqual(turns(after), [1], "in a new process");
    });

  test("report an unhandled exception in one sentence, with the whole trace only in the engine's output", async (t) => {
    const project = fixtureProject(t);
    configure(project, "sample", { components: ["a"], explode: "boom" });
    const session = await open(t, project);
    const [report] = await runAll(session, { operation: "preview", stacks: sample.slice(0, 1) });
    const { failure } = report ?? {};
    assert.equal(failure?.message, "stack sample failed in its program: Error: boom");
    assert.doesNotMatch(failure?.details ?? "", /^\s+at /m);
    const output: string[] = [];
    await deploy(
      session,
      { operation: "preview", stacks: sample.slice(0, 1) },
      { ...silent, output: (_stack, text) => void output.push(text) },
    );
    for (const frame of ["#inner", "#outer", "new Exploding", "explode", "run"])
      assert.match(
        output.join(""),
        new RegExp(`at (async )?(Exploding\\.)?${frame} .*index\\.ts:\\d+`),
      );
  });
});

describe("a program that runs when it is imported", () => {
  test("has a separate process for every stack, and also shows whole traces", async (t) => {
    const project = fixtureProject(t);
    const root = path.resolve(import.meta.dirname, "../../fixtures/plain");
    const session = await open(t, { ...project, root });
    const reports = await preview(session);
    assert.deepEqual(statuses(reports), ["done", "done", "done"]);
    assert.deepEqual(turns(reports), [1, 1, 1]);
    configure(project, "sample", { components: ["a"], explode: "boom" });
    const [failed] = await runAll(session, { operation: "preview", stacks: sample.slice(0, 1) });
    assert.equal(failed?.failure?.message, "stack sample failed in its program: Error: boom");
    assert.match(failed?.result?.ended.stdout ?? "", /at new Exploding .*index\.ts:\d+/);
  });
});

describe("programs with ATOLL_PLAIN", () => {
  test("do not share processes", async (t) => {
    process.env.ATOLL_PLAIN = "processes";
    t.after(() => delete process.env.ATOLL_PLAIN);
    const session = await open(t, fixtureProject(t));
    assert.deepEqual(turns(await preview(session)), [1, 1, 1]);
  });
});

describe("an engine with its own language host", () => {
  test("still lets the command run its programs", async (t) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-host-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const started = path.join(folder, "started");
    const languageHost = path.join(folder, "pulumi-language-nodejs");
    writeFileSync(languageHost, `#!/bin/sh\necho started > ${started}\nexit 1\n`, { mode: 0o755 });
    const { PATH } = process.env;
    process.env.PATH = `${folder}${path.delimiter}${PATH}`;
    t.after(() => {
      process.env.PATH = PATH;
    });
    const engine = { ...(await ensureEngine()), languageHost };
    const session = await open(t, fixtureProject(t), { engine });
    const reports = await preview(session);
    assert.deepEqual(turns(reports), [1, 2, 3]);
    assert.match(reports[0]?.result?.ended.stdout ?? "", /Policies:\n.*fixture@/);
    assert.equal(existsSync(started), false);
  });
});
