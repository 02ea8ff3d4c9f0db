// What these tests cannot prove: that written data survives a power failure; that depends on the file system.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Atoll } from "./atoll.ts";

const stacks = ["local", "local.aws-use1", "local.gcp-euw1", "local.onprem-sel"];

describe("an update that is killed half-way", () => {
  for (const when of ["before", "after"] as const) {
    const atoll = new Atoll();
    after(() => atoll.remove());

    test(`is finished by the next one, without lost or orphaned resources (killed ${when} a change was durable)`, async () => {
      const faults = JSON.stringify({ crashAtCall: { n: 300, when } });
      const killed = await atoll.run(["up", "local"], { ATOLL_FAULTS: faults });
      assert.equal(killed.code, null, "the command was killed");
      assert.ok(
        atoll.managed("local").length > 0,
        "the environment was deployed, the cells were not",
      );
      const survivors = new Map(atoll.deployed().map(({ urn, id }) => [urn, id]));
      assert.ok(survivors.size >= 200, `${survivors.size} resources`);

      const acknowledged = new Set(stacks.flatMap((stack) => atoll.managed(stack)));
      const run = await atoll.json(["up", "local"]);
      assert.ok(run.stacks.every(({ status }) => status === "done"));

      const deployed = atoll.deployed();
      const managed = stacks.flatMap((stack) => atoll.managed(stack));
      assert.deepEqual(new Set(deployed.map(({ urn }) => urn)), new Set(managed), "no orphan");
      assert.equal(deployed.length, managed.length, "nothing twice");
      const now = new Map(deployed.map(({ urn, id }) => [urn, id]));
      for (const urn of acknowledged) {
        if (survivors.has(urn)) assert.equal(now.get(urn), survivors.get(urn), `${urn} was kept`);
      }
    });
  }
});
