import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { digestOf, openJournal } from "../../../cli/fleet/journal.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "journal-"));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string) => path.join(folder, name);

describe("a journal", () => {
  test("remembers what was done, for the same content only, and for its user only", () => {
    openJournal(at("kept")).add("prod.acme", "a1");
    const next = openJournal(at("kept"));
    assert.equal(next.has("prod.acme", "a1"), true);
    assert.equal(next.has("prod.acme", "a2"), false);
    assert.equal(next.has("prod.birch", "a1"), false);
    assert.equal(statSync(at("kept")).mode & 0o777, 0o600);
  });

  test("is empty after a run in which everything succeeded", () => {
    const journal = openJournal(at("done"));
    journal.add("prod.acme", "a1");
    journal.finish();
    assert.equal(openJournal(at("done")).has("prod.acme", "a1"), false);
  });

  test("grows by one line for each stack, so that a fleet of any size costs the same for each", () => {
    const journal = openJournal(at("grows"));
    const sizes = ["a", "b", "c"].map((stack) => {
      journal.add(stack, "d1");
      return statSync(at("grows")).size;
    });
    const [first = 0, second = 0, third = 0] = sizes;
    assert.deepEqual([second - first, third - second], [first, first]);
  });

  test("keeps what was done where a killed run left a part of a line", () => {
    openJournal(at("cut")).add("prod.acme", "a1");
    appendFileSync(at("cut"), '\n["prod.birch", "b');
    openJournal(at("cut")).add("prod.cedar", "c1");
    const next = openJournal(at("cut"));
    const had = ["a1", "b1", "c1"].map((digest, index) =>
      next.has(["prod.acme", "prod.birch", "prod.cedar"][index] ?? "", digest),
    );
    assert.deepEqual(had, [true, false, true]);
  });

  test("that is damaged counts as empty", () => {
    writeFileSync(at("damaged"), '{"done": ["prod.acme"');
    assert.equal(openJournal(at("damaged")).has("prod.acme", "a1"), false);
  });
});

test("a digest changes with each file and with the release", () => {
  writeFileSync(at("one"), "a");
  writeFileSync(at("two"), "b");
  const digest = digestOf([at("one"), at("two")], "1.0.0");
  assert.notEqual(digestOf([at("one"), at("two")], "1.0.1"), digest);
  writeFileSync(at("two"), "c");
  assert.notEqual(digestOf([at("one"), at("two")], "1.0.0"), digest);
});
