// The memory of versions. engine.test.ts has the rest.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { probe } from "../../../tools/engine/probe.ts";
import { pinnedVersion } from "../../../tools/engine/version.ts";
import { skip } from "../sandbox.ts";

test("a damaged memory of versions is as none", { skip }, async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-probe-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const program = path.join(folder, "pulumi");
  writeFileSync(program, `#!/bin/sh\necho v${pinnedVersion}\n`, { mode: 0o755 });
  const memory = path.join(folder, "probed.json");
  for (const text of ["", "{", "null", "[]", `{"${program}": null}`, `{"${program}": 1}`]) {
    writeFileSync(memory, text);
    assert.deepEqual(await probe(program, memory), { version: pinnedVersion }, text);
  }
});
