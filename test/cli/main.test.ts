// The command as a process, without the engine. What these tests cannot prove: the runs themselves; test/e2e does.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { failureCodes } from "../../cli/failure.ts";
import { buildProgram } from "../../cli/program.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-main-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const configDir = path.join(folder, "config");
cpSync(path.join(root, "stacks/config"), configDir, { recursive: true });

function atoll(...args: readonly string[]) {
  return atollAt(path.join(folder, "state"), ...args);
}

function atollAt(stateDir: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", path.join(root, "cli/main.ts"), ...args],
    {
      encoding: "utf8",
      env: {
        ...process.env,
        ATOLL_CONFIG_DIR: configDir,
        ATOLL_STATE_DIR: stateDir,
      },
    },
  );
  return { status, stdout, stderr };
}

const commands = buildProgram({ interrupts: [], ended: () => undefined }).commands.map((command) =>
  command.name(),
);

describe("atoll", () => {
  test("without arguments shows every command and the first steps, and ends with 0", () => {
    const { status, stdout } = atoll();
    assert.equal(status, 0);
    for (const name of commands) assert.match(stdout, new RegExp(`^  ${name}\\b`, "m"));
    assert.match(stdout, /npx atoll start/);
  });

  test("shows valid examples for every command", () => {
    for (const name of commands) {
      const { status, stdout } = atoll(name, "--help");
      assert.equal(status, 0, name);
      assert.match(stdout, new RegExp(`Examples:\\n  .*npx atoll ${name}`), name);
    }
  });

  const wrong: readonly (readonly [string[], RegExp])[] = [
    [["upp", "local"], /unknown command 'upp'[\s\S]*Did you mean up\?/],
    [["up", "local", "--rehears"], /unknown option '--rehears'[\s\S]*Did you mean --rehearse\?/],
    [["up"], /missing required argument 'environment\[\.stack\]'/],
    [["check", "local", "--format", "xml"], /Allowed choices are text, json, sarif, junit/],
    [["preview", "local", "--format", "sarif"], /Allowed choices are text, markdown, json/],
    [["up", "local", "--at-once", "0"], /must be a whole number from 1/],
    [["up", "locl"], /no such environment, did you mean "local"\?/],
    [
      ["up", "local.aws-use2"],
      /no such cell or tenant, did you mean "local\.aws-use1"\? The cells of local are local\.aws-use1, local\.gcp-euw1, /,
    ],
    [
      ["up", "local.seoul"],
      /no such cell or tenant; the cells of local are local\.aws-use1, local\.gcp-euw1, /,
    ],
    [
      ["up", "aws-use1"],
      /no such environment: a cell is named with its environment, local\.aws-use1/,
    ],
    [["env", "locl"], /no such environment, did you mean "local"\?/],
    [["pulumi", "--", "preview", "-s", "locl.x"], /no such environment/],
  ];
  for (const [args, message] of wrong) {
    test(`ends with 2 and one message for: ${args.join(" ")}`, () => {
      const { status, stdout, stderr } = atoll(...args);
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.equal(stdout, "");
      assert.doesNotMatch(stderr, /^\s+at /m);
    });
  }

  test("reports wrong use as JSON too", () => {
    const { status, stdout, stderr } = atoll("up", "--json");
    assert.equal(status, 2);
    assert.equal(stderr, "");
    const { exitCode, error } = JSON.parse(stdout);
    assert.equal(exitCode, 2);
    assert.equal(error.code, "bad-usage");
    assert.equal(error.message, "missing required argument 'environment[.stack]'");
    assert.match(error.cure, /--help/);
  });

  test("continues when the reader of its output has ended", () => {
    const main = path.join(root, "cli/main.ts");
    const script = `{ sleep 1; "$NODE" --disable-warning=ExperimentalWarning "${main}" doctor; echo $? >&2; } | true`;
    const { stderr } = spawnSync("sh", ["-c", script], {
      encoding: "utf8",
      env: {
        ...process.env,
        NODE: process.execPath,
        ATOLL_CONFIG_DIR: configDir,
        ATOLL_STATE_DIR: path.join(folder, "state"),
      },
    });
    assert.equal(stderr, "0\n");
  });

  test("says that its output cannot be written, and ends with 1", {
    skip: !existsSync("/dev/full"),
  }, () => {
    const run = (stdout: string, stderr: string) =>
      spawnSync(
        "sh",
        [
          "-c",
          `"$NODE" --disable-warning=ExperimentalWarning "$MAIN" --help >${stdout} 2>${stderr}`,
        ],
        {
          encoding: "utf8",
          env: {
            ...process.env,
            NODE: process.execPath,
            MAIN: path.join(root, "cli/main.ts"),
            ATOLL_CONFIG_DIR: configDir,
            ATOLL_STATE_DIR: path.join(folder, "state"),
          },
        },
      );
    assert.equal(run("/dev/full", "/dev/full").status, 1);
    const errors = path.join(folder, "errors");
    assert.equal(run("/dev/full", errors).status, 1);
    assert.match(
      readFileSync(errors, "utf8"),
      /error: the output cannot be written: .*ENOSPC.*\n {2}cure: /,
    );
    assert.equal(run("/dev/null", "/dev/null").status, 0);
  });

  test("refuses a folder for its state that cannot be created", () => {
    for (const place of [path.join(configDir, "Pulumi.local.yaml"), "/proc/nowhere"]) {
      const { status, stderr } = atollAt(place, "up", "local");
      assert.equal(status, 2, stderr);
      assert.match(
        stderr,
        /^error: the state of the rehearsal cannot be stored in .*\n {2}cure: .*ATOLL_STATE_DIR to another folder$/m,
      );
    }
  });

  test("lists all problems of all files before it starts anything, as text and as JSON", (t) => {
    const file = path.join(configDir, "Pulumi.local.aws-use1.yaml");
    const sound = readFileSync(file, "utf8");
    t.after(() => writeFileSync(file, sound));
    writeFileSync(
      file,
      sound
        .replace("region: us-east-1", "region: us-esat-1")
        .replace("kind: cell", "kind: cell\n    colour: blue"),
    );
    const { status, stderr } = atoll("up", "local");
    assert.equal(status, 2);
    assert.match(stderr, /colour/);
    const json = JSON.parse(atoll("up", "local", "--json").stdout);
    assert.equal(json.exitCode, 2);
    assert.equal(json.error.code, "footprint-invalid");
  });

  test("doctor lists its checks, and its JSON has the same", () => {
    const { status, stdout } = atoll("doctor", "--json");
    const { exitCode, findings } = JSON.parse(stdout);
    assert.equal(status, exitCode);
    const states = new Map(
      findings.map(({ what, state }: { what: string; state: string }) => [what, state]),
    );
    assert.equal(states.get("Node.js"), "ok");
    assert.equal(states.get("environment local"), "ok");
  });

  test("doctor finds a manifest that is not valid, and ends with 1", (t) => {
    const file = path.join(configDir, "Pulumi.broken.yaml");
    t.after(() => rmSync(file));
    writeFileSync(file, "config: [");
    const { status, stdout } = atoll("doctor");
    assert.equal(status, 1);
    assert.match(stdout, /missing +environment broken/);
  });
});

test("docs/errors.md explains every code, and no other", () => {
  const text = readFileSync(path.join(root, "docs/errors.md"), "utf8");
  const blueprint = readFileSync(path.join(root, "components/core/errors.ts"), "utf8");
  const codes = [
    ...(/type ErrorCode =([^;]*);/.exec(blueprint)?.[1] ?? "").matchAll(/"([a-z-]+)"/g),
  ].map(([, code]) => code);
  const known = [...new Set([...codes, ...Object.keys(failureCodes), "internal"])].sort();
  const explained = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code).sort();
  assert.deepEqual(explained, known);
  for (const [code, exit] of Object.entries(failureCodes)) {
    assert.match(text, new RegExp(`^\\| \`${code}\` \\| ${exit} \\|`, "m"), code);
  }
});

test("docs/commands.md shows every command and every flag", () => {
  const text = readFileSync(path.join(root, "docs/commands.md"), "utf8");
  for (const command of buildProgram({ interrupts: [], ended: () => undefined }).commands) {
    const section =
      text.split(/^## /m).find((part) => part.startsWith(`atoll ${command.name()}`)) ?? "";
    assert.notEqual(section, "", command.name());
    const common = ["--json", "--debug", "--no-color"];
    for (const { long } of command.options) {
      if (long && !common.includes(long))
        assert.ok(section.includes(`\`${long}`), `${command.name()} ${long}`);
    }
    for (const inner of command.commands) {
      assert.ok(section.includes(`\`${inner.name()}`), `${command.name()} ${inner.name()}`);
      for (const { long } of inner.options)
        if (long && !common.includes(long))
          assert.ok(section.includes(long), `${inner.name()} ${long}`);
    }
  }
});
