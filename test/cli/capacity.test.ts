// The commands as processes on the sample: what they print, and their exit codes. Nothing is deployed, and no cloud is asked.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { environmentSections } from "../../components/environment-sections.ts";
import { cellSections } from "../../components/sections.ts";
import { loadTenant } from "../../footprint/tenants/of-stack.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-capacity-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function atoll(configDir: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", path.join(root, "cli/main.ts"), ...args],
    { encoding: "utf8", env: { ...process.env, ATOLL_CONFIG_DIR: configDir } },
  );
  return { status, stdout, stderr };
}

const sample = path.join(root, "stacks/config");

/** The rows of a table by their first column. */
function rowsOf(text: string): Map<string, string[]> {
  const rows = text.split("\n").map((row) => row.split(/ {2,}/));
  return new Map(rows.map(([first = "", ...others]) => [first, others]));
}

function widest(text: string): number {
  return Math.max(...text.split("\n").map((row) => row.length));
}

describe("atoll capacity", () => {
  test("prints what each cell has, what tenants take, and how many of each tier fit", () => {
    const { status, stdout, stderr } = atoll(sample, "capacity", "local");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.deepEqual(stdout.match(/^local\.\S+: .*$/gm), [
      "local.aws-use1: 1 tenant",
      "local.gcp-euw1: 1 tenant",
      "local.onprem-sel: 1 tenant",
    ]);
    assert.ok(widest(stdout) <= 80);
  });

  test("prints one cell", () => {
    const { status, stdout } = atoll(sample, "capacity", "local.gcp-euw1");
    assert.equal(status, 0);
    assert.deepEqual(stdout.match(/^local\.\S+/gm), ["local.gcp-euw1:"]);
    const rows = rowsOf(stdout);
    assert.deepEqual(rows.get("resource"), [
      "capacity",
      "own use",
      "promised",
      "of quotas",
      "left",
    ]);
    assert.deepEqual(rows.get("CPUs"), ["316.4", "12", "6", "6", "298.4"]);
    assert.deepEqual(rows.get("GiB of volumes *"), ["not known", "0", "20", "20", "not known"]);
    // 257 connections are left; a tier guarantees half of 20, or 20.
    assert.deepEqual(rows.get("basic"), ["50 %", "25", "database connections"]);
    assert.deepEqual(rows.get("business"), ["100 %", "12", "database connections"]);
  });

  test("prints the same as JSON, with the source of each number", () => {
    const { status, stdout } = atoll(sample, "capacity", "local.aws-use1", "--json");
    assert.equal(status, 0);
    const { exitCode, cells, problems } = JSON.parse(stdout);
    assert.deepEqual([exitCode, cells.length, problems], [0, 1, []]);
    const roles = cells[0].lines.find(
      ({ resource }: { resource: string }) => resource === "iamRoles",
    );
    assert.deepEqual(
      [roles.of, roles.capacity, roles.from],
      ["account 111122223333", 1000, ["IAM and AWS STS quotas, Roles in an account"]],
    );
  });

  test("refuses a cell that the environment does not have", () => {
    const { status, stderr } = atoll(sample, "capacity", "local.aws-use2");
    assert.equal(status, 2);
    assert.match(stderr, /environment "local" has no cell "local\.aws-use2", did you mean/);
  });

  describe("with more tenants than a cell has room for", () => {
    before(() => {
      cpSync(sample, folder, { recursive: true });
      const file = path.join(folder, "Pulumi.local.aws-use1.yaml");
      const cell = readFileSync(file, "utf8");
      const smaller = cell.replace("size: {min: 0, max: 40}", "size: {min: 0, max: 1}");
      assert.notEqual(smaller, cell);
      writeFileSync(file, smaller);
      const tenant = readFileSync(path.join(folder, "Pulumi.local.birch.yaml"), "utf8");
      const larger = tenant
        .replace("tier: enterprise", "tier: business")
        .replace(/hostnames.*/, "");
      writeFileSync(path.join(folder, "Pulumi.local.acorn.yaml"), larger);
    });

    test("shows what is missing, and ends with the code of invalid input", () => {
      const { status, stdout } = atoll(folder, "capacity", "local.aws-use1");
      assert.equal(status, 2);
      assert.deepEqual(rowsOf(stdout).get("CPUs"), ["3.9", "0.3", "4", "4", "-0.4"]);
      assert.match(stdout, /^Tenants need more than there is:$/m);
      assert.ok(widest(stdout) <= 80);
    });

    test("is refused by check before anything starts", () => {
      const { status, stdout, stderr } = atoll(folder, "check", "local");
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(
        stderr,
        /Pulumi\.local\.aws-use1\.yaml: tenancy: must have CPUs for its tenants/,
      );
    });

    test("is no matter of one tenant's program, which reads no other tenant", () => {
      const { tenants } = loadTenant(folder, "local.acorn", cellSections, environmentSections);
      assert.deepEqual(
        tenants.map(({ name }) => name),
        ["acorn"],
      );
    });
  });
});

describe("atoll cost", () => {
  test("prints tenants with shares that add up to 100 %, what is not allocated, and what it is not", () => {
    const { status, stdout, stderr } = atoll(sample, "cost", "local.aws-use1");
    assert.deepEqual([status, stderr], [0, ""]);
    const rows = rowsOf(stdout);
    assert.deepEqual(rows.get("(total)")?.slice(-2), ["100.0 %", "3500.00 USD"]);
    const [, , , , tenant] = rows.get("birch") ?? [];
    const rest = rows.get("(not allocated)")?.find((text) => text.endsWith("%"));
    assert.equal(Number.parseFloat(tenant ?? "") + Number.parseFloat(rest ?? ""), 100);
    assert.match(stdout, /^A plan from list prices \(us-east-1, \d{4}-\d\d;/m);
    assert.match(stdout, /^Not in it: traffic, requests/m);
    assert.ok(widest(stdout) <= 80);
  });

  test("prints each cost of a cell with its split", () => {
    const { stdout } = atoll(sample, "cost", "local.aws-use1", "--by", "cell");
    const rows = rowsOf(stdout);
    // 0.1 USD an hour, 730 hours.
    assert.deepEqual(rows.get("control plane"), ["equal", "73.00", "73.00", "0.00"]);
    // Two instances of 2 units at 0.12 USD an hour.
    assert.equal(rows.get("database, 2 instances")?.[1], "350.40");
    assert.ok(widest(stdout) <= 80);
  });

  test("prints every part as CSV, which add up to the total", () => {
    const { status, stdout } = atoll(sample, "cost", "local", "--csv");
    assert.equal(status, 0);
    const [head, ...lines] = stdout.trim().split("\r\n");
    assert.equal(head, "environment,cell,tenant,item,split,percent,USD");
    const cents = lines.map((row) => Math.round(100 * Number(row.split(",").at(-1))));
    const json = JSON.parse(atoll(sample, "cost", "local", "--json").stdout);
    const totals = json.cells.map(({ total }: { total: number }) => total);
    const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
    assert.ok(sum(totals) > 100_000);
    assert.equal(sum(cents), sum(totals));
    assert.ok(json.prices.every(({ source }: { source: string }) => source.startsWith("https://")));
  });

  test("refuses two formats at once", () => {
    const { status, stdout } = atoll(sample, "cost", "local", "--csv", "--json");
    assert.equal(status, 2);
    assert.equal(JSON.parse(stdout).error.code, "bad-usage");
  });
});
