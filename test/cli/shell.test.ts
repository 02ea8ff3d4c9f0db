// Lines for a shell, evaluated by a real sh. What these tests cannot prove: fish and PowerShell, which are compared as text only.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { shellLines } from "../../cli/shell.ts";

test("sh evaluates every value unchanged", () => {
  const value = fc.string({ unit: "binary" }).filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(value, (text) => {
      const script = `${shellLines("sh", { VALUE: text }).join("\n")}\nprintf %s "$VALUE"`;
      assert.equal(execFileSync("sh", ["-c", script], { encoding: "utf8" }), text);
    }),
    { numRuns: 50 },
  );
});

test("a variable without a value is unset", () => {
  const script = `${shellLines("sh", { VALUE: undefined }).join("\n")}\nprintf %s "\${VALUE-gone}"`;
  assert.equal(
    execFileSync("sh", ["-c", script], { env: { VALUE: "x" }, encoding: "utf8" }),
    "gone",
  );
});

test("fish and PowerShell have their own quoting", () => {
  assert.deepEqual(shellLines("fish", { A: "it's \\", B: undefined }), [
    "set -gx A 'it\\'s \\\\';",
    "set -e B;",
  ]);
  assert.deepEqual(shellLines("powershell", { A: "it's", B: undefined }), [
    "$env:A = 'it''s'",
    "Remove-Item -ErrorAction SilentlyContinue Env:B",
  ]);
});
