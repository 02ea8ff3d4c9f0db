// What this cannot prove: how much it saves; docs/adr/20261201-replace-what-costs-a-tenth.md says how that was measured.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const file = pathToFileURL(path.resolve(import.meta.dirname, "../../sdk/compile-cache.mjs")).href;
const folder = path.join("node_modules", ".cache", "node-compile", "program");

/** Where a process keeps what it compiles, and where those that it starts are told to. */
function kept(plain: string): { readonly own?: string; readonly started?: string } {
  const code = `
    import { getCompileCacheDir } from "node:module";
    const { compileCache, keepCompiled } = await import("${file}");
    keepCompiled();
    const { NODE_COMPILE_CACHE: started } = compileCache();
    process.stdout.write(JSON.stringify({ own: getCompileCacheDir(), started }));`;
  const { NODE_COMPILE_CACHE: _, NODE_OPTIONS: _options, ...env } = process.env;
  const args = ["--input-type=module", "--eval", code];
  return JSON.parse(
    execFileSync(process.execPath, args, { env: { ...env, ATOLL_PLAIN: plain }, encoding: "utf8" }),
  );
}

describe("what programs compile", () => {
  test("is kept in one folder, whether plain Pulumi starts them or atoll", () => {
    const { own, started } = kept("");
    assert.ok(own?.includes(folder), own);
    assert.ok(started?.endsWith(folder), started);
  });

  test("is not kept with ATOLL_PLAIN", () => {
    assert.deepEqual(kept("compile-cache"), {});
  });
});
