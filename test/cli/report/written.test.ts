import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { refuseUnwritable, write } from "../../../cli/report/written.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "written-"));
after(() => rmSync(folder, { recursive: true }));
const report = (file: string) => ({ file, what: "report", option: "--out" });

describe("a report that is written to a file", () => {
  test("is checked first, which does not create the file, and then written", () => {
    const file = path.join(folder, "report.txt");
    refuseUnwritable(report(file));
    assert.equal(existsSync(file), false);
    write(report(file), "fine");
    assert.equal(readFileSync(file, "utf8"), "fine");
    refuseUnwritable(report(file));
  });

  for (const [what, file] of [
    ["a folder", folder],
    ["in a missing folder", path.join(folder, "none", "report.txt")],
    ["without a name", ""],
  ] as const) {
    test(`is refused ${what}, when it is checked and when it is written`, () => {
      for (const work of [refuseUnwritable, (to: ReturnType<typeof report>) => write(to, "")]) {
        assert.throws(() => work(report(file)), {
          code: "bad-usage",
          message: /^the report cannot be written to /,
        });
      }
    });
  }
});
