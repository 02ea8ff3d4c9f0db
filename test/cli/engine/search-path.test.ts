// What these tests cannot prove: what later versions of npm add to the PATH.
import assert from "node:assert/strict";
import path from "node:path";
import { describe, test } from "node:test";
import { searchPath, withoutNpm } from "../../../cli/engine/search-path.ts";

const join = (...folders: string[]) => folders.join(path.delimiter);
const gyp = "/usr/lib/node_modules/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin";

describe("the PATH", () => {
  test("has Atoll's tools first, and every folder once", () => {
    const engine = { path: "/cache/bin/pulumi" } as Parameters<typeof searchPath>[0];
    const folders = searchPath(engine, join("/bin", "", "/cache/bin", "/usr/bin", "/bin")).split(
      path.delimiter,
    );
    assert.deepEqual(folders.slice(-3), ["/cache/bin", "/bin", "/usr/bin"]);
    assert.equal(searchPath(engine, folders.join(path.delimiter)), folders.join(path.delimiter));
  });

  test("is printed without what npm adds, once or several times", () => {
    const own = join("/usr/bin", "/home/u/project/node_modules/.bin", "/bin");
    const npm = [
      "/home/u/x/node_modules/.bin",
      "/home/node_modules/.bin",
      "/node_modules/.bin",
      gyp,
    ];
    assert.equal(withoutNpm(own), own);
    assert.equal(withoutNpm(join(...npm, own)), own);
    assert.equal(withoutNpm(join(...npm, "/pinned", ...npm, own)), join("/pinned", own));
    assert.equal(withoutNpm(undefined), "");
  });
});
