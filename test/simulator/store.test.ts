// The file. crash.test.ts proves durability after a killed process; a power failure is not covered.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { openConsole } from "../../simulator/console.ts";
import { openInventory } from "../../simulator/inventory.ts";
import { type NewResource, Store } from "../../simulator/store.ts";

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "atoll-store-"));
  store = new Store(path.join(folder, "cloud.db"));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const nothing = { handles: [], names: [], references: [], fills: [] };
const resource = (name: string): NewResource => ({
  urn: `urn:pulumi:s::p::t:m:T::${name}`,
  stack: "s",
  type: "t:m:T",
  place: "here",
  id: name,
  inputs: { nested: { a: 1, b: 2 }, list: [1] },
  state: { nested: { a: 1, b: 2 }, list: [1], made: true },
  secrets: ["/nested/a"],
});

test("a second store on the file reads what the first has written", () => {
  const other = new Store(path.join(folder, "cloud.db"));
  const { key } = store.insert(resource("a"), {
    ...nothing,
    handles: [{ handle: "h", scope: "" }],
  });
  assert.deepEqual(other.byKey(key), { ...resource("a"), key, acknowledged: false });
  assert.equal(other.byHandle(["x", "y"], ["none", "h"])?.id, "a");
  other.close();
});

test("a failed transaction leaves nothing", () => {
  const work = () =>
    store.transaction(() => {
      store.insert(resource("a"), { ...nothing, names: ["n"] });
      throw new Error("no");
    });
  assert.throws(work, /no/);
  assert.deepEqual([store.all(), store.nameHolder("n")], [[], undefined]);
});

test("a deleted resource's names, handles and references are deleted, but what it wrote stays", () => {
  const target = store.insert(resource("a"), nothing);
  const source = store.insert(resource("b"), {
    handles: [{ handle: "h", scope: "" }],
    names: ["n"],
    references: [{ to: target.key, property: "p" }],
    fills: [target.key],
  });
  assert.deepEqual(
    store.referrers(target.key).map(({ property }) => property),
    ["p"],
  );
  store.delete(source.key);
  assert.deepEqual(
    [store.referrers(target.key), store.nameHolder("n"), store.byHandle(["", ""], ["h"])],
    [[], undefined, undefined],
  );
  assert.deepEqual(store.fillersOf(target.key), [source.urn]);
});

test("a handle is valid only in its place", () => {
  store.insert(resource("a"), { ...nothing, handles: [{ handle: "h", scope: "here" }] });
  assert.equal(store.byHandle(["here", ""], ["h"])?.id, "a");
  assert.equal(store.byHandle(["there", "elsewhere"], ["h"]), undefined);
});

test("a file that is not a database is refused", () => {
  const file = path.join(folder, "other.db");
  writeFileSync(file, "not a database, but long enough to have a header of its own".repeat(20));
  assert.throws(() => new Store(file), /not a database/);
});

test("the console merges changes, removes nulls, and updates the inputs", () => {
  store.insert(resource("a"), nothing);
  const opened = openConsole(folder);
  opened.change("urn:pulumi:s::p::t:m:T::a", { nested: { b: 3 }, list: null });
  opened.close();
  const inventory = openInventory(folder);
  const [seen] = inventory.resources("s");
  assert.deepEqual(seen?.state, { nested: { a: 1, b: 3 }, made: true });
  assert.deepEqual(seen?.inputs, { nested: { a: 1, b: 3 } });
  assert.deepEqual([inventory.count(), inventory.resources("none")], [{ s: 1 }, []]);
  inventory.close();
});

test("the console cannot change a missing resource", () => {
  const opened = openConsole(folder);
  assert.throws(() => opened.delete("urn:pulumi:s::p::t:m:T::ghost"), /has no resource/);
  opened.close();
});

test("the first error of a transaction is reported, whatever its end reports", () => {
  const other = new Store(path.join(folder, "other.db"));
  assert.throws(
    () =>
      other.transaction(() => {
        other.close();
        throw new Error("first");
      }),
    /^Error: first$/,
  );
});
