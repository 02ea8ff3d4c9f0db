// The real engine on a file system that fills up. What these tests cannot prove: quotas, and systems other than Linux. Mounting needs
// root; they are skipped without.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { releaseLocks } from "../../../cli/engine/recovery.ts";
import { rehearsalOf } from "../../../cli/engine/rehearsal.ts";
import { backUpStates, readCheckpoint } from "../../../cli/engine/state.ts";
import { checkpointFile, configure, fixtureProject, open, runAll, sample } from "./fixture.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-full-"));
const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", folder]).status === 0;

describe("a run whose disk fills up", {
  skip: mounted ? false : "a file system cannot be mounted: this needs root on Linux",
}, () => {
  after(() => {
    spawnSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  before(() => assert.ok(mounted));

  /** Fills the disk up to this many bytes. */
  const fill = (left: number) => {
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(path.join(folder, "filler"), Buffer.alloc(bavail * bsize - left));
  };

  test("ends at once with the disk's name, and keeps a whole backup", async (t) => {
    const project = { ...fixtureProject(t), rehearsals: path.join(folder, "rehearsals") };
    const stacks = sample.slice(0, 1);
    const session = await open(t, project);
    await runAll(session, { operation: "up", stacks });
    const folders = rehearsalOf(project, "sample");
    backUpStates(folders, project.name);
    const before = readCheckpoint(folders, project.name, "sample");
    fill(60_000);
    configure(project, "sample", { components: ["a", "b", "c", "d"] });
    const [report] = await runAll(session, { operation: "up", stacks });
    assert.equal(report?.status, "failed");
    assert.equal(report?.failure?.code, "disk-full", JSON.stringify(report?.failure));
    assert.match(
      report?.failure?.message ?? "",
      new RegExp(`the disk tmpfs \\(mounted at ${folder}\\), which holds .*sample, is full`),
    );
    // Whatever a cut-off write does to the state and the engine's backup:
    const file = checkpointFile(session, "sample");
    rmSync(path.join(folder, "filler"));
    for (const cut of [file, `${file}.bak`]) writeFileSync(cut, '{"version": 3, "checkp');
    backUpStates(folders, project.name);
    assert.throws(
      () => readCheckpoint(folders, project.name, "sample"),
      ({ code, cure }: { code: string; cure: string }) => {
        assert.equal(code, "state-unreadable");
        const [backup = ""] = /\S*\/backup\/sample\.json/.exec(cure) ?? [];
        writeFileSync(file, readFileSync(backup));
        return true;
      },
    );
    assert.deepEqual(readCheckpoint(folders, project.name, "sample"), before);
    // As every command does before it runs stacks: the engine could not remove its lock.
    await releaseLocks(session, ["sample"], false);
    const [again] = await runAll(session, { operation: "up", stacks });
    assert.deepEqual([again?.status, again?.failure], ["done", undefined]);
  });
});
