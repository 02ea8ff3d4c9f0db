// How hooks files are loaded. That a stack's program uses them is proven in test/e2e.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { loadHooks } from "../../stacks/hooks.ts";
import { aws, refusals, set } from "../support/sample.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "hooks-"));
after(() => rmSync(folder, { recursive: true }));

const adjustFile = path.resolve("components/core/adjust.ts");

test("a TypeScript module is loaded synchronously, with its imports", () => {
  writeFileSync(
    path.join(folder, "hooks.ts"),
    `import { adjustObject, type Adjustments } from ${JSON.stringify(adjustFile)};
const cluster: Adjustments = { main: adjustObject("v1", "Pod", (pod) => pod) };
export default { cluster };`,
  );
  assert.deepEqual(Object.keys(loadHooks(folder, "./hooks.ts").of("cluster")), ["main"]);
});

test("a module without hooks, or that cannot be loaded, is refused with its name", () => {
  writeFileSync(path.join(folder, "none.ts"), "export const hooks = {};");
  writeFileSync(path.join(folder, "broken.ts"), "export default {");
  assert.throws(() => loadHooks(folder, "./none.ts"), {
    code: "adjust-invalid",
    message: /\.\/none\.ts must export hooks as its default/,
  });
  assert.throws(() => loadHooks(folder, "./broken.ts"), {
    code: "adjust-invalid",
    message: /\.\/broken\.ts cannot be loaded: /,
  });
});

test("a missing file, and a path that is not a module, are refused when manifests are read", () => {
  const lines = refusals({
    local: set("hooks", "./hooks.ts"),
    [aws]: set("hooks", "hooks.yaml"),
  });
  assert.equal(lines.length, 2, lines.join("\n"));
  assert.match(lines[0]!, /local\.yaml: hooks: must be an existing file \(got ".\/hooks\.ts"\)/);
  assert.match(lines[1]!, /aws-use1\.yaml: hooks: must be the path of a module/);
});
