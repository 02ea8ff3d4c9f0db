// The command as a process: its output and exit code. test/operations/failover tests the steps.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { type PlanFailoverOptions, planFailoverOf } from "../../cli/commands/plan-failover.ts";
import { Failure } from "../../cli/failure.ts";
import { standardIo } from "../../cli/io.ts";
import { BlueprintError } from "../../components/core/errors.ts";
import { writePairs } from "../support/pairs.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-failover-"));
after(() => rmSync(folder, { recursive: true, force: true }));
writePairs(folder);

function plan(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", path.join(root, "cli/main.ts")].concat(
      "plan-failover",
      args,
    ),
    { encoding: "utf8", env: { ...process.env, ATOLL_CONFIG_DIR: folder } },
  );
  return { status, stdout, stderr };
}

describe("atoll plan-failover", () => {
  test("prints a page with data loss, what is not copied, and three parts", () => {
    const { status, stdout, stderr } = plan("aws-use1", "aws-usw2");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^# Failover of local: aws-use1 to aws-usw2$/m);
    assert.match(stdout, /^\| database \| Aurora Global Database \| nothing \| 30 minutes \|$/m);
    assert.match(stdout, /^- cache: it starts empty$/m);
    assert.deepEqual(stdout.match(/^## .*$/gm), ["## Before", "## Failover", "## Fail-back"]);
  });

  test("prints each command as arguments and as a line with --json", () => {
    const { status, stdout } = plan("gcp-euw1", "gcp-euw4", "--lost", "--json");
    assert.equal(status, 0);
    const runbook = JSON.parse(stdout);
    assert.deepEqual([runbook.exitCode, runbook.lost], [0, true]);
    const promote = runbook.failover.find(({ id }: { id: string }) => id === "promote-database");
    assert.deepEqual(promote.commands, [
      {
        run: [
          ...["gcloud", "sql", "instances", "promote-replica"],
          ...["local-gcp-euw1-database-copy", "--failover", "--quiet"],
          ...["--project", "atoll-local"],
        ],
        line: "gcloud sql instances promote-replica local-gcp-euw1-database-copy --failover --quiet --project atoll-local",
      },
    ]);
  });

  test("writes the same to a file as to standard output, and the same every time", () => {
    const file = path.join(folder, "runbook.md");
    const { status, stdout } = plan("onprem-sel", "onprem-pus", "--output", file);
    assert.deepEqual([status, stdout], [0, ""]);
    assert.equal(readFileSync(file, "utf8"), plan("onprem-sel", "onprem-pus").stdout);
  });

  test("ends with 2 and a message when there is no plan", () => {
    const { status, stdout, stderr } = plan("aws-us1", "aws-usw2");
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^error: .*no cell "aws-us1", did you mean "aws-use1"\?\n {2}cure: /);
    assert.doesNotMatch(stderr, /^\s+at /m);
  });
});

describe("what is refused", () => {
  const configDir = process.env.ATOLL_CONFIG_DIR;
  before(() => {
    process.env.ATOLL_CONFIG_DIR = folder;
  });
  after(() => {
    if (configDir === undefined) delete process.env.ATOLL_CONFIG_DIR;
    else process.env.ATOLL_CONFIG_DIR = configDir;
  });
  const refused = async (from: string, to: string, rest: Partial<PlanFailoverOptions> = {}) => {
    try {
      await planFailoverOf(standardIo({}, []), { from, to, ...rest });
    } catch (error) {
      if (error instanceof Failure) {
        assert.equal(error.exitCode, 2);
        return `${error.message}: ${error.cure}`;
      }
      assert.ok(error instanceof BlueprintError, String(error));
      return error.message;
    }
    return "nothing";
  };

  const wrong: readonly (readonly [string, string, Partial<PlanFailoverOptions>, RegExp])[] = [
    ["aws-use1", "aws-use1", {}, /cannot fail over to itself/],
    [
      "aws-use1",
      "gcp-euw1",
      {},
      /is copied to "gcp-euw1".*it is copied to aws-usw2: replication from aws to gcp is not supported/,
    ],
    [
      "aws-usw2",
      "aws-use1",
      {},
      /it is not copied to any cell: set `replicateTo: .*` on its database, stream or buckets/,
    ],
    ["aws-use1", "aws-usw2", { env: "locl" }, /no such environment, did you mean "local"\?/],
    ["aws-use1", "aws-usw2", { output: folder }, /the runbook cannot be written to/],
  ];
  for (const [from, to, rest, message] of wrong) {
    const shown = Object.keys(rest).join(" ");
    test(`${from} to ${to} ${shown}`, async () => {
      assert.match(await refused(from, to, rest), message);
    });
  }

  test("a missing --env, where there are several environments", async () => {
    const other = path.join(folder, "Pulumi.prod.yaml");
    writeFileSync(other, readFileSync(path.join(folder, "Pulumi.local.yaml")));
    try {
      assert.match(
        await refused("aws-use1", "aws-usw2"),
        /there are several environments: local, prod.*--env local/,
      );
    } finally {
      rmSync(other);
    }
  });
});
