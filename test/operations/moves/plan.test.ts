// Plans of moves on each cloud, between every pair of tiers. What they cannot prove: that the commands work on real clouds.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stored } from "../../../components/section/tenant-moves.ts";
import { tenantSections } from "../../../components/tenant-sections.ts";
import type { Tenant } from "../../../footprint/model.ts";
import { planMove } from "../../../operations/moves/plan.ts";
import { all, loadedWithTenants, set } from "../../support/sample.ts";

const isolations = { basic: "pool", business: "bridge", enterprise: "silo" } as const;
const tiers = ["basic", "business", "enterprise"] as const;

const samples = ["local.birch", "local.cedar", "local.maple"];

/** What the sample's tenants have besides namespaces needs settings of other tiers. */
function withoutLayers(manifest: Record<string, unknown>): void {
  for (const { name } of tenantSections) if (name !== "namespaces") delete manifest[name];
}

/** The tenant in a tier, with a database: only this layer differs between tiers. */
function inTier(stack: string, tier: string, fields: Record<string, unknown> = {}): Tenant {
  const { tenants } = loadedWithTenants({
    local: all(
      ...tiers.flatMap((name) => [
        set(`tenancy.tiers.${name}.isolation`, { default: "pool", database: isolations[name] }),
        set(`tenancy.tiers.${name}.database`, {}),
      ]),
    ),
    ...Object.fromEntries(samples.map((other) => [other, withoutLayers])),
    [stack]: (manifest) => {
      withoutLayers(manifest);
      delete manifest.overrides;
      Object.assign(manifest, { tier, database: { databases: { app: {} } }, ...fields });
    },
  });
  const found = tenants.find((tenant) => tenant.stack === stack);
  assert.ok(found);
  return found;
}

const idsOf = (stack: string, from: string, to: string) =>
  planMove({
    what: "tier",
    from,
    to,
    before: inTier(stack, from),
    after: inTier(stack, to),
  }).steps.map(({ id }) => id);

const inPlace = ["cut-over", "delete"];
const copied = [
  "build",
  "outputs",
  "copy-database",
  "stop",
  "drain-database",
  "cut-over",
  "watch",
  "delete",
];

describe("a move to another tier", () => {
  for (const stack of samples) {
    for (const [from, to, expected] of [
      ["basic", "business", inPlace],
      ["business", "basic", inPlace],
      ["basic", "enterprise", copied],
      ["enterprise", "basic", copied],
      ["business", "enterprise", copied],
      ["enterprise", "business", copied],
    ] as const) {
      test(`of ${stack} from ${from} to ${to} has these steps`, () => {
        assert.deepEqual(idsOf(stack, from, to), expected);
      });
    }
  }

  test("copies the database from the old one to the one beside it", () => {
    const plan = planMove({
      what: "tier",
      from: "basic",
      to: "enterprise",
      before: inTier("local.birch", "basic"),
      after: inTier("local.birch", "enterprise"),
    });
    const { commands = [] } = plan.steps.find(({ id }) => id === "drain-database") ?? {};
    assert.deepEqual(commands[0], {
      run: [
        "jq",
        "--exit-status",
        "--raw-output",
        '.cells["aws-use1"].sections.database.databases["app"].host',
        "local.birch.json",
      ],
      into: "OLD_HOST",
    });
    assert.match(commands[3]?.run[3] ?? "", /^\.beside\["aws-use1"\]/);
    assert.deepEqual(commands.at(-1)?.run, [
      "pg_restore",
      `--host=${stored("NEW_HOST")}`,
      `--port=${stored("NEW_PORT")}`,
      "--clean",
      "--if-exists",
      "--no-owner",
      "--no-privileges",
      "--role=tenant_birch_app_owner",
      `--dbname=${stored("NEW_DATABASE")}`,
      "birch-app.dump",
    ]);
    const last = plan.steps.at(-1);
    assert.equal(last?.reversible, false);
    assert.deepEqual(
      plan.steps.filter(({ reversible }) => !reversible).map(({ id }) => id),
      ["delete"],
    );
  });
});

describe("a tenant that moves", () => {
  const moving = { what: "tier", from: "basic", to: "enterprise", since: "2026-12-01" } as const;
  const sections = (tenant: Tenant) =>
    tenant.beside.flatMap(({ tier, sections: all_ }) =>
      all_.map(({ section }) => [section.name, tier.isolation[section.name]]),
    );

  test("has the new one beside the old one before the cut-over, and the old one after it", () => {
    assert.deepEqual(
      sections(inTier("local.maple", "basic", { moving: { ...moving, stage: "build" } })),
      [["database", "silo"]],
    );
    assert.deepEqual(
      sections(
        inTier("local.maple", "enterprise", {
          moving: { ...moving, stage: "cut-over" },
          builds: { database: 2 },
        }),
      ),
      [["database", "pool"]],
    );
  });

  test("is refused in another tier than that of its stage", () => {
    assert.throws(
      () => inTier("local.maple", "business", { moving: { ...moving, stage: "build" } }),
      /tier: must be "basic" in the stage build of its move/,
    );
  });
});

test("a move to another cell builds everything there, and deploys workloads before the cut-over", () => {
  const before = inTier("local.birch", "basic", { hostnames: ["birch.app.atoll.example"] });
  const after = inTier("local.birch", "basic", { cell: "gcp-euw1", residency: undefined });
  const plan = planMove({ what: "cell", from: "aws-use1", to: "gcp-euw1", before, after });
  assert.deepEqual(
    plan.steps.map(({ id }) => id),
    [
      "build",
      "outputs",
      "copy-database",
      "workloads",
      "stop",
      "drain-database",
      "cut-over",
      "traffic-gcp-euw1",
      "watch",
      "delete",
    ],
  );
  assert.ok(plan.sections.every(({ how }) => how === "beside"));
  assert.notEqual(plan.sections.length, 0);
});
