// A permanent environment with locked archives on AWS and Google Cloud, in the environment and in its cells. What these tests cannot
// prove: that the real clouds keep the objects; the embedded cloud refuses to empty a bucket under a compliance lock.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, describe, test } from "node:test";
import { Atoll, changes } from "./atoll.ts";

const [aws, gcp] = ["local.aws-use1", "local.gcp-euw1"];
const bucket = /^(?:aws:s3\/bucket:Bucket|gcp:storage\/bucket:Bucket)$/;

describe("a permanent environment with locked archives", () => {
  const atoll = new Atoll();
  after(() => atoll.remove());
  /** `type name` of what the cloud has of a stack. */
  const left = (stack: string, types: RegExp) =>
    atoll
      .deployed()
      .filter((each) => each.stack === stack && types.test(each.type))
      .map(({ name }) => name)
      .sort();
  const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");

  test("is deployed", async () => {
    for (const stack of ["birch", "cedar", "maple", "onprem-sel"]) atoll.delete(`local.${stack}`);
    atoll.withoutServices("local");
    atoll.edit("local", (manifest) => {
      for (const section of ["budget", "deployers"]) delete manifest[section];
      Object.assign(manifest, {
        lifetime: "permanent",
        frameworks: [],
        audit: {
          retentionDays: 400,
          accounts: { "111122223333": {} },
          projects: { "atoll-local": {} },
        },
      });
    });
    for (const cell of [aws, gcp]) {
      atoll.withoutServices(cell);
      atoll.edit(cell, (manifest) => {
        const buckets = {
          evidence: { lock: { mode: "compliance", days: 400 } },
          drafts: {},
        };
        Object.assign(manifest, { objectStore: { buckets } });
      });
    }
    const run = await atoll.json(["up", "local"]);
    assert.deepEqual(
      run.stacks.map(({ status }) => status),
      ["done", "done", "done"],
    );
  });

  test("is not destroyed without --lift-protection, and its cells are not either", async () => {
    for (const asked of ["local", aws]) {
      const refused = await atoll.run(["destroy", asked, "--yes"]);
      assert.equal(refused.code, 2);
      assert.match(oneLine(refused.stderr), /is permanent.*add --lift-protection/);
    }
  });

  test("keeps the key of a cell's archive when only the cell is destroyed", async () => {
    const ended = await atoll.run(["destroy", aws, "--lift-protection", "--yes"]);
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    const said = oneLine(ended.stderr);
    assert.match(said, /stays in the cloud, without a stack: its objects are locked/);
    assert.match(said, /Keys of environment local that these archives need\. It keeps them/);
    assert.deepEqual(left(aws, bucket), ["object-store-evidence"]);
    assert.deepEqual(atoll.managed(aws), []);
  });

  test("releases its archives, and keeps what it needs to continue, when a destroy fails half-way", async () => {
    const faults = JSON.stringify({ failAt: { match: "keys-aws-111122223333-us-east-1-volumes" } });
    const args = ["destroy", "local", "--lift-protection", "--yes"];
    const failed = await atoll.run(args, { ATOLL_FAULTS: faults });
    assert.equal(failed.code, 1, failed.stdout + failed.stderr);
    const earlier =
      /archives that were released earlier need them.*: Key (\S+) .*stack tag rm atoll:keeps-/;
    const said = oneLine(failed.stderr);
    assert.equal(earlier.exec(said)?.[1], "keys-aws-111122223333-us-east-1-objects");
    assert.deepEqual(atoll.managed(gcp), []);
    // The cell that was destroyed before is not deployed again.
    assert.deepEqual(left(aws, bucket), ["object-store-evidence"]);
    assert.deepEqual(left(aws, /Vpc$/), []);
  });

  test("is destroyed but for its archives and all keys that archives need", async () => {
    const ended = await atoll.run(["destroy", "local", "--lift-protection", "--yes", "--json"]);
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    const run = JSON.parse(ended.stdout);
    for (const cell of [aws, gcp]) assert.deepEqual(changes(run, cell), {});
    const volumes = "aws:kms/key:Key keys-aws-111122223333-us-east-1-volumes";
    assert.equal(changes(run, "local")[volumes], "delete");
    const kept = /deleted with the rehearsal, which real clouds keep: (.*)/.exec(
      oneLine(ended.stderr),
    );
    assert.deepEqual(kept?.[1]?.trim().split(", "), [
      "Bucket audit-aws-111122223333-archive-trail",
      "Bucket audit-gcp-atoll-local-archive",
      "Bucket object-store-evidence",
      "Bucket object-store-evidence",
      "CryptoKey keys-gcp-atoll-local-europe-west1-audit",
      "CryptoKey keys-gcp-atoll-local-europe-west1-objects",
      "Key audit-aws-111122223333-archive-key",
      "Key keys-aws-111122223333-us-east-1-objects",
    ]);
    assert.ok(!existsSync(atoll.rehearsal()));
  });
});
