// The files that `atoll init` writes, as text. test/api/packed.e2e.test.ts proves that they deploy. What these tests cannot prove:
// that GitHub runs the workflow, and that an editor reads its settings.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { parse } from "yaml";
import { init } from "../../../cli/commands/init.ts";
import { Failure } from "../../../cli/failure.ts";
import { silentIo } from "../../../cli/io.ts";
import { previewMark } from "../../../cli/report/markdown.ts";
import { typescriptVersion } from "../../../cli/version.ts";
import { clouds } from "../../../components/core/cloud.ts";
import { loadFootprint } from "../../../footprint/load.ts";
import { schemaProblems } from "../../support/config-schema.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function emptyFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-init-"));
  folders.push(folder);
  return folder;
}

function written(options: Partial<Parameters<typeof init>[1]> = {}): string {
  const folder = emptyFolder();
  init(silentIo, { folder, env: "prod", clouds: [...clouds], name: "acme", ...options });
  return folder;
}

function refused(options: Parameters<typeof init>[1]): string {
  try {
    init(silentIo, options);
  } catch (error) {
    assert.ok(error instanceof Failure);
    assert.equal(error.exitCode, 2);
    return error.message;
  }
  throw new assert.AssertionError({ message: "it was not refused" });
}

describe("atoll init", () => {
  const folder = written();
  const read = (file: string) => readFileSync(path.join(folder, file), "utf8");

  test("writes a footprint with a cell on each cloud that Atoll and the JSON Schemas accept", () => {
    const { cells } = loadFootprint(path.join(folder, "config"), "prod");
    assert.deepEqual(cells.map(({ cloud }) => cloud).sort(), [...clouds].sort());
    for (const file of readdirSync(path.join(folder, "config"))) {
      const text = read(`config/${file}`);
      assert.deepEqual(schemaProblems(parse(text)), [], file);
      const [, named = ""] = /^# yaml-language-server: \$schema=(.+)$/m.exec(text) ?? [];
      assert.deepEqual(schemaProblems(parse(text), path.basename(named)), [], file);
    }
  });

  test("names the project, by default after the folder", () => {
    assert.equal(parse(read("Pulumi.yaml")).name, "acme");
    const other = emptyFolder();
    init(silentIo, { folder: other, env: "prod", clouds: ["gcp"] });
    const { name } = parse(readFileSync(path.join(other, "Pulumi.yaml"), "utf8"));
    assert.equal(name, path.basename(other));
  });

  test("pins Atoll, and the TypeScript with which Atoll's declarations are checked", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json"));
    const own = createRequire(import.meta.url)("../../../package.json");
    assert.deepEqual(dependencies, { atoll: own.version });
    assert.equal(devDependencies.typescript, own.devDependencies.typescript);
    assert.equal(typescriptVersion, own.devDependencies.typescript);
  });

  test("leaves no placeholder of its templates", () => {
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }))
      if (path.extname(file) !== "") assert.doesNotMatch(textIn(folder, file), /(?<!\$)\{\{/, file);
  });

  test("refuses a folder with files of the same names, lists them, and writes nothing", () => {
    const taken = emptyFolder();
    writeFileSync(path.join(taken, "package.json"), "{}");
    writeFileSync(path.join(taken, "LICENSE"), "");
    const message = refused({ folder: taken, name: "acme", env: "prod", clouds: ["aws"] });
    assert.match(message, /already has package\.json; nothing was written/);
    assert.equal(existsSync(path.join(taken, "Pulumi.yaml")), false);
  });

  test("refuses names that Pulumi or a cloud does not accept", () => {
    const folder = emptyFolder();
    assert.match(
      refused({ folder, name: "a b", env: "prod", clouds: ["aws"] }),
      /"a b" is not a valid name/,
    );
    assert.match(refused({ folder, name: "a", env: "Prod", clouds: ["aws"] }), /lower case/);
  });
});

describe("the workflow", () => {
  const workflow = (options: Parameters<typeof written>[0]) =>
    textIn(written(options), ".github/workflows/deploy.yml");
  const text = workflow({ env: "staging" });
  const { jobs, permissions } = parse(text);

  test("pins every action by digest, with the version in a comment", () => {
    const uses = text.split("\n").filter((line) => line.includes("uses:"));
    assert.ok(uses.length > 6);
    for (const line of uses) assert.match(line, /uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("grants each job only what it needs, and forks no credentials", () => {
    assert.deepEqual(permissions, {});
    assert.deepEqual(jobs.check.permissions, { contents: "read" });
    assert.equal("env" in jobs.check, false);
    assert.match(jobs.preview.if, /head\.repo\.full_name == github\.repository/);
    assert.equal(jobs.up.if, "github.event_name == 'push'");
    assert.deepEqual(jobs.up.permissions, { contents: "read", "id-token": "write" });
  });

  test("finds its own comment by the first line of the Markdown preview", () => {
    const commands = jobs.preview.steps.map(({ run = "" }: { run?: string }) => run).join("\n");
    assert.match(commands, /atoll preview staging --yes --format markdown > preview\.md/);
    assert.ok(commands.includes(previewMark("staging")));
  });

  test("waits for approval before `up`, one run at a time", () => {
    assert.equal(jobs.up.environment, "staging");
    assert.deepEqual(jobs.up.concurrency, { group: "up-staging", "cancel-in-progress": false });
    assert.ok(
      jobs.up.steps.some(({ run }: { run?: string }) => run === "npx atoll up staging --yes"),
    );
  });

  test("signs in only to the requested clouds", () => {
    assert.match(text, /configure-aws-credentials@/);
    assert.match(text, /google-github-actions\/auth@/);
    assert.doesNotMatch(workflow({ clouds: ["aws"] }), /google-github-actions/);
    assert.doesNotMatch(workflow({ clouds: ["onprem"] }), /aws-actions|google-github-actions/);
  });
});

function textIn(folder: string, file: string): string {
  return readFileSync(path.join(folder, file), "utf8");
}
