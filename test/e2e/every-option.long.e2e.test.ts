// The footprint with every option, from creation to deletion. What these tests cannot prove: that the real clouds accept it.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { listStacks } from "../../footprint/files/config-files.ts";
import { Atoll, changes, of } from "./atoll.ts";

const config = path.resolve(import.meta.dirname, "../fixtures/every-option");
const stacks = listStacks(config);

describe("the footprint with every option", () => {
  const atoll = new Atoll(config, true);
  after(() => atoll.remove());

  test("survives a kill while it is deployed", async () => {
    const faults = JSON.stringify({ crashAtCall: { n: 700, when: "after" } });
    const killed = await atoll.run(["up", "all"], { ATOLL_FAULTS: faults });
    assert.equal(killed.code, null, "the command was killed");
    const run = await atoll.json(["up", "all"]);
    for (const stack of stacks) assert.equal(of(run, stack).status, "done", stack);
    const managed = stacks.flatMap((stack) => atoll.managed(stack, "all"));
    const deployed = atoll.deployed("all").filter(({ stack }) => stacks.includes(stack));
    assert.deepEqual(new Set(deployed.map(({ urn }) => urn)), new Set(managed), "no orphan");
    assert.equal(deployed.length, managed.length, "nothing twice");
  });

  test("has no changes in a preview", async () => {
    const run = await atoll.json(["preview", "all"]);
    for (const stack of stacks) assert.deepEqual(changes(run, stack), {}, stack);
  });

  test("is destroyed by one command, and nothing is left", async () => {
    const run = await atoll.json(["destroy", "all", "--yes"]);
    for (const stack of stacks) assert.equal(of(run, stack).status, "done", stack);
    assert.ok(!existsSync(atoll.rehearsal("all")), "the rehearsal's folder is deleted");
  });
});
