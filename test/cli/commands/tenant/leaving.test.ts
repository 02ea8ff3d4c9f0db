// Which resources the last step of a move deletes. That it deletes no others is shown end to end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { leaving } from "../../../../cli/commands/tenant/leaving.ts";
import type { Tenant } from "../../../../footprint/model.ts";

const urn = (name: string) => `urn:pulumi:prod.acme::atoll::aws:s3/bucket:Bucket::${name}`;
const tenant = (stage: string, builds: Record<string, number>) =>
  ({
    moving: { stage },
    builds,
    beside: [
      { cell: { name: "a" }, sections: [{ section: { name: "database", component: "database" } }] },
    ],
  }) as unknown as Tenant;
const plan = { what: "tier" } as Parameters<typeof leaving>[1];
const names = ["a-database", "a-database-app", "a-database-2", "a-database-2-app", "a-databases"];

for (const [stage, builds, expected] of [
  ["ending", { database: 2 }, ["a-database", "a-database-app"]],
  ["reverting", {}, ["a-database-2", "a-database-2-app"]],
] as const) {
  test(`in the stage ${stage} these are what is beside the tenant's own`, () => {
    const leaves = leaving(tenant(stage, builds), plan, "");
    assert.deepEqual(
      names.filter((name) => leaves(urn(name))),
      expected,
    );
  });
}

test("of a cell it is everything there", () => {
  const leaves = leaving(tenant("ending", {}), { ...plan, what: "cell" }, "aws-use1");
  assert.equal(leaves(urn("aws-use1-database")), true);
  assert.equal(leaves(urn("aws-use10-database")), false);
});
