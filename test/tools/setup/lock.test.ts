// Processes on one machine. What these tests cannot prove: locks on a disk that several machines share, which rely on an atomic rename.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { withLock } from "../../../tools/setup/lock.mjs";
import { startOf } from "../../../tools/setup/process.mjs";

let base = "";
let lock = "";
beforeEach(() => {
  base = mkdtempSync(path.join(os.tmpdir(), "atoll-lock-"));
  lock = path.join(base, "lock");
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const never = () => assert.fail("waited for an owner that has ended");

/** The id of a process that has ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ["--eval", ""]).pid;
}

function holdBy(owner: object): string {
  mkdirSync(lock);
  const file = path.join(lock, "owner.json");
  writeFileSync(
    file,
    JSON.stringify({ token: "theirs", host: os.hostname(), since: "then", ...owner }),
  );
  return file;
}

describe("a lock", () => {
  test("exists while the work runs, and is removed afterwards, also when the work fails", async () => {
    assert.equal(await withLock(lock, never, async () => existsSync(lock)), true);
    assert.deepEqual(readdirSync(base), []);
    const failing = withLock(lock, never, async () => {
      throw new Error("the work failed");
    });
    await assert.rejects(failing, /the work failed/);
    assert.deepEqual(readdirSync(base), []);
  });

  test("names its owner", async () => {
    await withLock(lock, never, async (hold) => {
      hold.worker(process.pid);
      const owner = JSON.parse(readFileSync(path.join(lock, "owner.json"), "utf8"));
      const self = { pid: process.pid, start: startOf(process.pid) };
      assert.deepEqual([owner.holder, owner.worker, owner.host], [self, self, os.hostname()]);
    });
  });

  test("is waited for while its owner runs", async () => {
    const order: string[] = [];
    let release = () => {};
    const asked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = withLock(lock, never, async () => {
      await asked;
      order.push("first");
    });
    const second = withLock(
      lock,
      ({ holder }) => {
        order.push(`waits for ${holder.pid}`);
        release();
      },
      async () => {
        order.push("second");
      },
    );
    await Promise.all([first, second]);
    assert.deepEqual(order, [`waits for ${process.pid}`, "first", "second"]);
  });

  test("of an owner that has ended is taken over", async () => {
    holdBy({ holder: { pid: deadProcess(), start: "1" } });
    assert.equal(await withLock(lock, never, async () => "ours"), "ours");
    assert.deepEqual(readdirSync(base), []);
  });

  test("of an owner whose process id was reused is taken over", async () => {
    holdBy({ holder: { pid: process.pid, start: "another start" } });
    assert.equal(await withLock(lock, never, async () => "ours"), "ours");
  });

  test("of an owner that has ended is waited for while its worker runs", async () => {
    const worker = spawn(process.execPath, ["--eval", "setTimeout(() => {}, 60_000)"]);
    const pid = worker.pid ?? 0;
    holdBy({ holder: { pid: deadProcess(), start: "1" }, worker: { pid, start: startOf(pid) } });
    let waited = false;
    await withLock(
      lock,
      () => {
        waited = true;
        worker.kill("SIGKILL");
      },
      async () => {},
    );
    assert.ok(waited);
  });

  test("with an unreadable owner is taken over", async () => {
    writeFileSync(holdBy({}), "{ half");
    assert.equal(await withLock(lock, never, async () => "ours"), "ours");
  });

  test("of another machine is taken over after a minute without a sign of life", async () => {
    const file = holdBy({ host: "another", holder: { pid: process.pid, start: "1" } });
    const past = new Date(Date.now() - 61_000);
    utimesSync(file, past, past);
    assert.equal(await withLock(lock, never, async () => "ours"), "ours");
  });

  test("of another machine is waited for while it shows signs of life", async () => {
    holdBy({ host: "another", holder: { pid: deadProcess(), start: "1" } });
    let waited = false;
    const give = () => {
      waited = true;
      rmSync(lock, { recursive: true });
    };
    await withLock(lock, give, async () => {});
    assert.ok(waited);
  });

  test("is held by one process at a time, even with a dead owner at the beginning", async () => {
    holdBy({ holder: { pid: deadProcess(), start: "1" } });
    const log = path.join(base, "log");
    const script = `
      import { appendFileSync } from "node:fs";
      import { setTimeout as sleep } from "node:timers/promises";
      import { withLock } from ${JSON.stringify(path.resolve(import.meta.dirname, "../../../tools/setup/lock.mjs"))};
      await withLock(${JSON.stringify(lock)}, () => {}, async () => {
        appendFileSync(${JSON.stringify(log)}, "in ");
        await sleep(30);
        appendFileSync(${JSON.stringify(log)}, "out ");
      });`;
    const codes = await Promise.all(
      Array.from({ length: 6 }, () => {
        const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
        return new Promise((resolve) => child.once("exit", resolve));
      }),
    );
    assert.deepEqual(codes, Array(6).fill(0));
    assert.equal(readFileSync(log, "utf8"), "in out ".repeat(6));
    assert.deepEqual(readdirSync(base), ["log"]);
  });
});
