// Files of a rehearsal that are damaged, without the engine. What these tests cannot prove: that every damage is found; a changed
// character inside a value of the cloud's file is not.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { findServer } from "../../../cli/engine/background.ts";
import { backUp, writeWhole } from "../../../cli/engine/backup.ts";
import { claim } from "../../../cli/engine/claim.ts";
import { embeddedCloud } from "../../../cli/engine/embedded-cloud.ts";
import { engineFault } from "../../../cli/engine/engine-failures.ts";
import { isAlive, isHeld, parseLock } from "../../../cli/engine/locks.ts";
import { copyConfig, makeFolders, rehearsalOf } from "../../../cli/engine/rehearsal.ts";
import { backUpStates, parseCheckpoint, readCheckpoint } from "../../../cli/engine/state.ts";
import { stacksFolder } from "../../../cli/engine/state-files.ts";
import { Failure } from "../../../cli/failure.ts";
import { Store } from "../../../simulator/store.ts";
import { fixtureProject } from "./fixture.ts";

const refuses = (code: string, message: RegExp, cure: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Failure, String(error));
  assert.deepEqual([error.code, error.exitCode], [code, 2]);
  assert.match(error.message, message);
  assert.match(error.cure, cure);
  return true;
};
const unreadable = (message: RegExp, cure: RegExp) => refuses("state-unreadable", message, cure);

describe("a damaged state", () => {
  const resource = { urn: "urn:pulumi:s::p::t:m:T::a", type: "t:m:T" };
  const whole = JSON.stringify({ checkpoint: { latest: { resources: [resource] } } });

  for (const [what, text] of [
    ["cut off", whole.slice(0, -5)],
    ["empty", ""],
    ["null", "null"],
    ["without a checkpoint", "{}"],
    ["with a resource that is none", '{"checkpoint":{"latest":{"resources":[null]}}}'],
    ["with a resource without a type", '{"checkpoint":{"latest":{"resources":[{"urn":"u"}]}}}'],
    [
      "with an operation without a resource",
      '{"checkpoint":{"latest":{"pending_operations":[{}]}}}',
    ],
  ] as const)
    test(`that is ${what} is named, with what to do`, () => {
      assert.throws(
        () => parseCheckpoint(text, "sample", "/s/sample.json"),
        unreadable(
          /stack sample cannot be read: \/s\/sample\.json/,
          /restore .*removing its folder/,
        ),
      );
    });

  test("is replaced by the first backup that is whole, and by no other", (t) => {
    const project = fixtureProject(t);
    const folders = rehearsalOf(project, "sample");
    makeFolders(folders, project);
    const file = path.join(stacksFolder(folders, project.name), "sample.json");
    assert.equal(readCheckpoint(folders, project.name, "sample"), undefined);
    makeState(file, whole);
    backUpStates(folders, project.name);
    const own = path.join(folders.root, "backup/sample.json");
    assert.equal(readFileSync(own, "utf8"), whole);

    makeState(file, whole.slice(0, 20));
    makeState(`${file}.bak`, whole.slice(0, 20));
    backUpStates(folders, project.name);
    assert.equal(readFileSync(own, "utf8"), whole, "a whole backup is kept");
    const read = () => readCheckpoint(folders, project.name, "sample");
    assert.throws(read, unreadable(/cannot be read/, /last whole backup: .*backup\/sample\.json;/));
    makeState(`${file}.bak`, whole);
    assert.throws(read, unreadable(/cannot be read/, /last whole backup: .*sample\.json\.bak;/));
    for (const backup of [own, `${file}.bak`]) rmSync(backup);
    assert.throws(read, unreadable(/cannot be read/, /^restore the file/));
  });

  test("is not what a failed write leaves", (t) => {
    const folder = path.dirname(fixtureProject(t).configDir);
    const file = path.join(folder, "file");
    writeWhole(file, "whole");
    assert.throws(() => writeWhole(path.join(file, "below"), "x"));
    assert.equal(readFileSync(file, "utf8"), "whole");
    backUp({ root: folder }, [file], (text) => text === "other");
    assert.throws(() => readFileSync(path.join(folder, "backup/file")), /ENOENT/);
  });

  function makeState(file: string, text: string): void {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
});

describe("a damaged cloud", () => {
  const pages = 4096;
  async function filled(t: Parameters<typeof fixtureProject>[0]) {
    const root = path.join(fixtureProject(t).rehearsals, "sample");
    const store = new Store(path.join(root, "cloud.db"));
    const nothing = { handles: [], names: [], references: [], fills: [] };
    for (let index = 0; index < 200; index++) {
      const state = { note: "x".repeat(300) };
      store.insert(
        {
          urn: `urn:pulumi:s::p::t:m:T::${index}`,
          stack: "s",
          type: "t:m:T",
          place: "here",
          id: `${index}`,
          inputs: state,
          state,
          secrets: [],
        },
        nothing,
      );
    }
    store.close();
    return { root, file: path.join(root, "cloud.db") };
  }

  test("is found when it is opened, whichever page is damaged", async (t) => {
    const { root, file } = await filled(t);
    const sound = readFileSync(file);
    const count = sound.length / pages;
    assert.ok(count > 10, String(count));
    for (const page of [0, 1, 2, Math.floor(count / 2)]) {
      const bytes = Buffer.from(sound);
      bytes.fill(0xa5, page * pages, (page + 1) * pages);
      writeFileSync(file, bytes);
      await assert.rejects(
        embeddedCloud({ stateDir: root }),
        unreadable(
          /cloud\.db is damaged/,
          /restore the file, or discard the rehearsal by removing/,
        ),
        `page ${page}`,
      );
    }
    writeFileSync(file, sound.subarray(0, 3 * pages));
    await assert.rejects(embeddedCloud({ stateDir: root }), unreadable(/is damaged/, /restore/));
    writeFileSync(file, "not a database, but long enough to have a header of its own".repeat(20));
    await assert.rejects(embeddedCloud({ stateDir: root }), unreadable(/is damaged/, /restore/));
    writeFileSync(file, sound);
    await (await embeddedCloud({ stateDir: root })).stop();
  });

  test("is found in the resources too", async (t) => {
    const { root, file } = await filled(t);
    const bytes = readFileSync(file);
    for (let at = bytes.indexOf('{"note"'); at > 0; at = bytes.indexOf('{"note"', at))
      bytes.write("}{", at);
    writeFileSync(file, bytes);
    const cloud = await embeddedCloud({ stateDir: root });
    t.after(() => cloud.stop());
    assert.throws(() => cloud.inventory.resources(), unreadable(/is damaged/, /restore/));
  });
});

describe("other damaged files", () => {
  test("a claim's lock is named; its holder's file only counts as a killed command", (t) => {
    const root = path.join(fixtureProject(t).rehearsals, "sample");
    claim({ root }, "up sample").release();
    for (const text of ["", "{", "null", "[]"]) {
      writeFileSync(path.join(root, "claim.json"), text);
      const held = claim({ root }, "up sample");
      assert.ok(held.killed, text);
      held.release();
    }
    writeFileSync(path.join(root, "claim.db"), "no database".repeat(1000));
    assert.throws(
      () => claim({ root }, "up sample"),
      unreadable(/claim\.db is damaged/, /no other atoll command runs, and remove this file/),
    );
  });

  test("a lock of the engine has no holder", () => {
    for (const text of ["", "{", "null", '{"pid": "1"}', '{"pid": -1}', '{"pid": 0}']) {
      const lock = parseLock("sample", text);
      assert.ok(lock, text);
      assert.equal(isHeld(lock), false, text);
    }
    assert.equal(parseLock("sample", undefined), undefined);
    assert.deepEqual([isAlive(0), isAlive(-1), isAlive(process.pid)], [false, false, true]);
  });

  test("the card of a background server is named while its server runs, and ignored otherwise", async (t) => {
    const project = fixtureProject(t);
    const folders = rehearsalOf(project, "sample");
    makeFolders(folders, project);
    const card = path.join(folders.root, "server-card.json");
    for (const text of ["", "{", "null", '{"pid": 1}']) {
      writeFileSync(card, text);
      assert.equal(await findServer(folders), undefined, text);
    }
    writeFileSync(path.join(folders.root, "server.json"), JSON.stringify({ pid: process.pid }));
    await assert.rejects(
      findServer(folders),
      unreadable(/server-card\.json is damaged/, new RegExp(`end process ${process.pid}, remove`)),
    );
  });

  test("a copy of a config file is written again, with the salt that the state was encrypted with", (t) => {
    const project = fixtureProject(t);
    const folders = rehearsalOf(project, "sample");
    makeFolders(folders, project);
    const salt = "v1:c2FsdA==:v1:bm9uY2U=:Ym94";
    const state = path.join(stacksFolder(folders, project.name), "sample.json");
    const latest = { secrets_providers: { type: "passphrase", state: { salt } } };
    mkdirSync(path.dirname(state), { recursive: true });
    writeFileSync(state, JSON.stringify({ checkpoint: { latest } }));
    const copy = copyConfig(folders, project, "sample");
    for (const damage of ["", "config: [", "\0\0\0"]) {
      writeFileSync(copy, damage);
      copyConfig(folders, project, "sample");
      assert.match(readFileSync(copy, "utf8"), new RegExp(`encryptionsalt: ${salt}`));
    }
  });

  test("a CLI that cannot be started is named", () => {
    assert.throws(
      () => engineFault("/cache/pulumi")(new Error("spawn ENOEXEC")),
      refuses(
        "engine-broken",
        /cannot be started: \/cache\/pulumi/,
        /remove this file .*ATOLL_PULUMI/,
      ),
    );
  });
});
