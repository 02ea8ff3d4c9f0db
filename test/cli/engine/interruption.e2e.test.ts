// Interrupted, killed and concurrent runs, on the real engine with a program of components only. What these tests cannot prove: that
// partly created resources of a cloud are found again; test/e2e does that with the embedded cloud.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { claim } from "../../../cli/engine/claim.ts";
import { makeStacks } from "../../../cli/engine/deploy.ts";
import { isAlive, readLocks } from "../../../cli/engine/locks.ts";
import {
  checkState,
  clearPending,
  releaseLocks,
  takeBackOrphans,
} from "../../../cli/engine/recovery.ts";
import { readCheckpoint } from "../../../cli/engine/state.ts";
import { Failure } from "../../../cli/failure.ts";
import {
  checkpointFile,
  configure,
  fakeCloud,
  fixtureProject,
  open,
  readJson,
  runAll,
  sample,
} from "./fixture.ts";

const alone = sample.slice(0, 1);
const slow = { components: ["a", "b", "c", "d", "e", "f"], pause: 500 };

const isFailure = (code: string, pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Failure, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, pattern);
  return true;
};

/** Waits for a condition, and fails the test instead of hanging. */
async function until(what: string, isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!isSo()) {
    assert.ok(Date.now() < deadline, `timeout: waited until ${what}`);
    await wait(50);
  }
}

/** Waits until the engine has locked the stack. */
function untilLocked(folders: Parameters<typeof readLocks>[0]): Promise<void> {
  return until("the stack is locked", () => readLocks(folders, "fixture", "sample").length > 0);
}

describe("an interrupted run", () => {
  test("stops with a consistent state of completed changes, and the next run continues", async (t) => {
    const project = fixtureProject(t);
    configure(project, "sample", slow);
    const interrupt = new AbortController();
    const session = await open(t, project, { interrupts: [interrupt.signal] });
    const folders = session.target.folders!;
    const running = runAll(session, { operation: "up", stacks: alone });
    await untilLocked(folders);
    await until(
      "a part is recorded",
      () => (readCheckpoint(folders, "fixture", "sample")?.resources.length ?? 0) >= 2,
    );
    interrupt.abort();
    const [report] = await running;
    assert.equal(report?.failure?.code, "interrupted");
    const resources = readCheckpoint(folders, "fixture", "sample")?.resources ?? [];
    assert.ok(resources.length >= 2 && resources.length < 7, `${resources.length} resources`);
    assert.deepEqual(readLocks(folders, "fixture", "sample"), []);

    configure(project, "sample", { components: slow.components });
    const [again] = await runAll(await open(t, project), { operation: "up", stacks: alone });
    assert.equal(again?.status, "done");
    assert.equal(readCheckpoint(folders, "fixture", "sample")?.resources.length, 7);
  });

  test("starts no further stack", async (t) => {
    const interrupt = new AbortController();
    interrupt.abort();
    const project = fixtureProject(t);
    const session = await open(t, project);
    await runAll(session, { operation: "preview", stacks: alone });
    const reports = await runAll(
      { ...session, interrupts: [interrupt.signal] },
      { operation: "up", stacks: alone },
    );
    assert.equal(reports[0]?.failure?.code, "interrupted");
    assert.equal(readCheckpoint(session.target.folders!, "fixture", "sample")?.resources.length, 0);
  });
});

describe("a command between runs that is interrupted", () => {
  test("is an interruption, not a failure of the stack's creation", async (t) => {
    const interrupt = new AbortController();
    const project = fixtureProject(t);
    const session = await open(t, project, { interrupts: [interrupt.signal] });
    interrupt.abort();
    await assert.rejects(
      makeStacks(session, ["sample"]),
      isFailure("interrupted", /interrupted before it changed a stack/),
    );
  });
});

describe("a killed process", () => {
  test("of a program or a policy pack is named, and the next run succeeds", {
    skip: process.platform !== "linux",
  }, async (t) => {
    const project = fixtureProject(t);
    configure(project, "sample", { components: ["a"], signal: "SIGKILL" });
    const session = await open(t, project);
    const [program] = await runAll(session, { operation: "up", stacks: alone });
    isFailure(
      "engine-broken",
      /the program of stack sample was killed by SIGKILL/,
    )(program?.failure);
    assert.match(program?.failure?.cure ?? "", /run the same command again/);

    configure(project, "sample", slow);
    const running = runAll(session, { operation: "up", stacks: alone });
    await untilLocked(session.target.folders!);
    await until("the pack runs", () => packs().length > 0);
    for (const pid of packs()) process.kill(pid, "SIGKILL");
    const [pack] = await running;
    isFailure(
      "engine-broken",
      /the policy pack of stack sample was killed by SIGKILL/,
    )(pack?.failure);

    configure(project, "sample", { components: slow.components });
    // What a damaged disk may leave of the engine's lock.
    const locks = path.join(
      session.target.folders!.state,
      ".pulumi/locks/organization/fixture/sample",
    );
    mkdirSync(locks, { recursive: true });
    writeFileSync(path.join(locks, "damaged.json"), "{");
    assert.deepEqual(await releaseLocks(session, ["sample"], false), [
      "released the lock on sample, which a killed run left",
    ]);
    const [again] = await runAll(session, { operation: "up", stacks: alone });
    assert.deepEqual([again?.status, again?.failure], ["done", undefined]);
  });

  /** The processes of policy packs that this one has started. */
  function packs(): number[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
          const status = readFileSync(`/proc/${pid}/status`, "utf8");
          return (
            command.includes("policy-host.mjs") &&
            new RegExp(`^PPid:\\s${process.pid}$`, "m").test(status)
          );
        } catch {
          return false;
        }
      })
      .map(Number);
  }
});

describe("a killed engine", () => {
  test("leaves a lock that is released, and the next run continues", async (t) => {
    const project = fixtureProject(t);
    configure(project, "sample", slow);
    const session = await open(t, project);
    const folders = session.target.folders!;
    const running = runAll(session, {
      operation: "up",
      stacks: alone,
      onStart: async (pid) => {
        await untilLocked(folders);
        process.kill(pid, "SIGKILL");
      },
    });
    const [report] = await running;
    assert.equal(report?.failure?.code, "engine-broken");
    assert.match(report?.failure?.message ?? "", /SIGKILL/);
    assert.equal(readLocks(folders, "fixture", "sample").length, 1);

    assert.deepEqual(await releaseLocks(session, ["sample"], false), [
      "released the lock on sample, which a killed run left",
    ]);
    assert.deepEqual(readLocks(folders, "fixture", "sample"), []);
    configure(project, "sample", { components: slow.components });
    const [again] = await runAll(session, { operation: "up", stacks: alone });
    assert.equal(again?.status, "done");
  });

  test("leaves pending operations, which are cleared without changing recorded resources", async (t) => {
    const session = await open(t, fixtureProject(t));
    await runAll(session, { operation: "up", stacks: alone });
    const folders = session.target.folders!;
    const file = checkpointFile(session, "sample");
    const state = readJson(file) as { checkpoint: { latest: Record<string, unknown> } };
    const urn = "urn:pulumi:sample::fixture::aws:ec2/vpc:Vpc::lost";
    state.checkpoint.latest.pending_operations = [
      { type: "creating", resource: { urn, custom: true, type: "aws:ec2/vpc:Vpc", inputs: {} } },
    ];
    writeFileSync(file, JSON.stringify(state));
    assert.equal(readCheckpoint(folders, "fixture", "sample")?.pending.length, 1);

    assert.deepEqual(await clearPending(session, ["sample"]), [
      "cleared 1 interrupted operations of sample",
    ]);
    const after = readCheckpoint(folders, "fixture", "sample");
    assert.equal(after?.pending.length, 0);
    assert.equal(after?.resources.length, 3);
  });
});

describe("a resource that a cloud created for a killed run", () => {
  const orphan = {
    urn: "urn:pulumi:sample::fixture::aws:ec2/vpc:Vpc::lost",
    stack: "sample",
    type: "aws:ec2/vpc:Vpc",
    id: "vpc-1",
    acknowledged: false,
  };

  test("is removed when it is in no state, and kept when the engine has recorded it", async (t) => {
    const resources = [orphan, { ...orphan, id: "vpc-2", acknowledged: true }];
    const session = await open(t, fixtureProject(t), { cloud: fakeCloud(resources) });
    await runAll(session, { operation: "up", stacks: alone });
    assert.equal(takeBackOrphans(session).length, 1);
    assert.deepEqual(
      resources.map(({ id }) => id),
      ["vpc-2"],
    );
    assert.deepEqual(takeBackOrphans(session), []);
  });

  test("is an error when the whole state of its stack is missing", async (t) => {
    const session = await open(t, fixtureProject(t), { cloud: fakeCloud([orphan]) });
    assert.throws(
      () => checkState(session),
      isFailure("state-missing", /stack sample, but its state is missing/),
    );
  });
});

describe("a broken state", () => {
  test("is reported with its backup before any work", async (t) => {
    const session = await open(t, fixtureProject(t));
    await runAll(session, { operation: "up", stacks: alone });
    const file = checkpointFile(session, "sample");
    writeFileSync(file, readFileSync(file, "utf8").slice(0, 100));
    assert.throws(
      () => checkState(session),
      (error: unknown) => {
        isFailure("state-unreadable", /the state of stack sample cannot be read/)(error);
        const backup = /last whole backup: (.*);/.exec((error as Failure).cure)?.[1] ?? "";
        assert.ok(existsSync(backup), backup);
        return true;
      },
    );
  });

  test("is distinguished from another passphrase, which the engine refuses", async (t) => {
    const project = fixtureProject(t);
    await runAll(await open(t, project), { operation: "up", stacks: alone });
    const session = await open(t, project);
    const variables = { ...session.variables, PULUMI_CONFIG_PASSPHRASE: "another" };
    const [report] = await runAll({ ...session, variables }, { operation: "up", stacks: alone });
    assert.equal(report?.failure?.code, "passphrase-wrong");
    assert.equal(report?.failure?.exitCode, 2);
  });
});

describe("two runs at once", () => {
  test("the second reports the holder of the lock, and the first continues", async (t) => {
    const project = fixtureProject(t);
    configure(project, "sample", slow);
    const session = await open(t, project);
    const folders = session.target.folders!;
    await makeStacks(session, ["sample"]);
    const running = runAll(session, { operation: "up", stacks: alone });
    await untilLocked(folders);
    const [lock] = readLocks(folders, "fixture", "sample");
    assert.ok(lock && isAlive(lock.pid) && lock.host === os.hostname());
    await assert.rejects(
      releaseLocks(session, ["sample"], false),
      isFailure("environment-busy", new RegExp(`process ${lock.pid} of .*@`)),
    );
    const [second] = await runAll(await open(t, project), { operation: "up", stacks: alone });
    assert.equal(second?.failure?.code, "environment-busy");
    assert.match(second?.failure?.message ?? "", new RegExp(`pid ${lock.pid}`));
    const [first] = await running;
    assert.equal(first?.status, "done");
  });

  test("the second command reports the holder of the claim, and a claim that was not released names its command", (t) => {
    const root = path.join(fixtureProject(t).rehearsals, "sample");
    const first = claim({ root }, "up sample");
    assert.equal(first.killed, undefined);
    assert.throws(
      () => claim({ root }, "destroy sample"),
      isFailure("environment-busy", /`atoll up sample` .*\(process \d+\)/),
    );
    const file = path.join(root, "claim.json");
    const held = readFileSync(file, "utf8");
    first.release();
    assert.equal(existsSync(file), false);

    writeFileSync(file, held);
    const next = claim({ root }, "up sample");
    assert.equal(next.killed?.command, "up sample");
    next.release();
  });
});
