// The workflows of this repository as text. What these tests cannot prove: that GitHub runs them.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { footprintFiles } from "../../cli/init/files.ts";

const root = path.resolve(import.meta.dirname, "../..");
const files = [
  ...globSync(".github/workflows/*.yml", { cwd: root }),
  "cli/init/templates/deploy.yml",
  "cli/init/workflow.ts",
];
const uses = files.flatMap((file) =>
  [...readFileSync(path.join(root, file), "utf8").matchAll(/uses: (.+)$/gm)].map(
    ([, text = ""]) => ({ file, text }),
  ),
);

test("checkouts have Unix line ends on every system, also in a new footprint", () => {
  assert.match(readFileSync(path.join(root, ".gitattributes"), "utf8"), /^\* text=auto eol=lf$/m);
  const files = footprintFiles(
    { name: "x", environment: "prod", clouds: ["aws"] },
    { atoll: "1.0.0", typescript: "1.0.0" },
  );
  assert.equal(files.get(".gitattributes"), "* text=auto eol=lf\n");
  for (const script of globSync("cli/engine/*bin/*", { cwd: root }))
    assert.doesNotMatch(readFileSync(path.join(root, script), "utf8"), /\r/, script);
});

describe("workflows", () => {
  test("pin every action by digest, with the version in a comment", () => {
    assert.ok(uses.length > 15);
    for (const { file, text } of uses)
      assert.match(text, /^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, file);
  });

  test("check the signatures of npm's packages before a change or a release is accepted", () => {
    for (const file of [
      ".github/workflows/ci.yml",
      ".github/workflows/release.yml",
      "cli/init/templates/deploy.yml",
    ]) {
      const text = readFileSync(path.join(root, file), "utf8");
      assert.match(
        text,
        /npm ci --ignore-scripts\n(?:.*\n)*? +- run: npm audit signatures\n/,
        file,
      );
    }
  });

  test("use one version of each action", () => {
    const pins = new Set(uses.map(({ text }) => text));
    const actions = new Set(uses.map(({ text }) => text.split("@", 1)[0]));
    assert.equal(pins.size, actions.size, [...pins].join("\n"));
  });
});
