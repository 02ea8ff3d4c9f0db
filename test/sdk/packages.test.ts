// What this cannot prove: how much it saves; docs/adr/20261201-replace-what-costs-a-tenth.md says how that was measured.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { unused } from "../../sdk/packages.mjs";

const sdk = createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json");
const packages = pathToFileURL(path.resolve(import.meta.dirname, "../../sdk/packages.mjs")).href;

/** What a module prints as JSON in a process of its own, without what is loaded before tests. */
function evaluate(code: string, plain = ""): unknown {
  const module = `
    import { createRequire } from "node:module";
    const require = createRequire(${JSON.stringify(sdk)});
    const { deferPackages, deferred, unused } = await import("${packages}");
    const print = (value) => process.stdout.write(JSON.stringify(value));
    ${code}`;
  const { NODE_OPTIONS: _, ...env } = process.env;
  const args = ["--input-type=module", "--eval", module];
  return JSON.parse(
    execFileSync(process.execPath, args, { env: { ...env, ATOLL_PLAIN: plain }, encoding: "utf8" }),
  );
}

describe("packages that neither stacks nor policies use", () => {
  test("are all required by the installed SDK when it is loaded", () => {
    const loaded = evaluate(`
      require("@pulumi/pulumi");
      print(unused.filter((name) => require.cache[require.resolve(name)] === undefined));`);
    assert.deepEqual(loaded, [], "these need not be deferred any more");
  });

  test("stay unloaded while the SDK, the clouds' SDKs and the policy SDK are loaded", () => {
    const waiting = evaluate(`
      deferPackages(...unused);
      const files = unused.map((name) => require.resolve(name));
      for (const name of ["pulumi", "aws", "gcp", "kubernetes", "policy"])
        require("@pulumi/" + name);
      print(files.filter((file) => !deferred().includes(file)));`);
    assert.deepEqual(waiting, [], "these are used at once, so deferring them saves nothing");
  });

  test("are what they are without this as soon as they are used", () => {
    const different = evaluate(`
      deferPackages(...unused);
      const placeholders = unused.map((name) => require(name));
      print(unused.filter((name, i) => {
        const keys = Object.keys(placeholders[i]).sort();
        const real = require(name);
        return real === placeholders[i] || keys.join() !== Object.keys(real).sort().join();
      }));`);
    assert.deepEqual(different, []);
  });

  test("turn functions into text, which needs the TypeScript compiler", () => {
    const text = evaluate(`
      deferPackages(...unused);
      const { runtime } = require("@pulumi/pulumi");
      const { text } = await runtime.serializeFunction(() => 42);
      print(text);`);
    assert.match(String(text), /return 42|=> 42/);
  });

  test("are left alone with ATOLL_PLAIN", () => {
    const waiting = evaluate("deferPackages(...unused); print(deferred());", "1");
    assert.deepEqual(waiting, []);
    assert.ok(unused.length > 0);
  });
});
