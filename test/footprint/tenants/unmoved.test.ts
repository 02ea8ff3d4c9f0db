// That programs read the outputs of their own stacks is shown by the engine: test/e2e/tenants.long.e2e.test.ts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Tenant } from "../../../footprint/model.ts";
import { unmovedProblems } from "../../../footprint/tenants/unmoved.ts";
import { loadedWithTenants, type Manifest } from "../../support/sample.ts";

const tenantIn = (edit: (manifest: Manifest) => void = () => undefined): Tenant => {
  const { tenants } = loadedWithTenants({ "local.birch": edit });
  return tenants.find(({ name }) => name === "birch")!;
};

/** What the sample's tenant publishes once it is deployed. */
const cells = Object.fromEntries(
  tenantIn().on.map(({ cell, tier, sections }) => [
    cell.name,
    {
      isolation: tier.isolation,
      sections: Object.fromEntries(sections.map(({ section }) => [section.name, {}])),
    },
  ]),
);
const deployed = { moving: false, cells };
const linesOf = (tenant: Tenant, moving = false) =>
  unmovedProblems(tenant, { ...deployed, moving }).map(
    ({ path, message }) => `${path}: ${message}`,
  );

describe("a deployed tenant", () => {
  test("has nothing to move while its manifest is the same", () => {
    assert.deepEqual(linesOf(tenantIn()), []);
  });

  test("is refused another cell, and another isolation of what holds data", () => {
    const elsewhere = tenantIn((manifest) =>
      Object.assign(manifest, {
        cell: "gcp-euw1",
        tier: "business",
        residency: "eu",
        stream: undefined,
        cache: undefined,
      }),
    );
    const [line, ...more] = linesOf(elsewhere);
    assert.match(line!, /birch\.yaml: cell: must still name aws-use1.*tenant move birch --cell/);
    assert.deepEqual(more, []);
    const other = linesOf(tenantIn((manifest) => Object.assign(manifest, { tier: "business" })));
    assert.ok(other.some((text) => /tier: must leave the isolation of database "silo"/.test(text)));
  });

  test("keeps the builds of its sections, with which its components are named", () => {
    const rebuilt = tenantIn((manifest) => Object.assign(manifest, { builds: { database: 7 } }));
    const problems = (tenant: Tenant, builds?: Record<string, number>) =>
      unmovedProblems(tenant, { ...deployed, builds }).map(({ message }) => message);
    assert.match(problems(rebuilt, {})[0]!, /must be 1, as it is deployed/);
    assert.match(problems(tenantIn(), { database: 7 })[0]!, /must be 7, as it is deployed/);
    assert.deepEqual(problems(rebuilt, { database: 7 }), []);
    assert.deepEqual(problems(rebuilt), [], "a stack of an older release does not say it");
  });

  test("may leave what a move has left", () => {
    const other = tenantIn((manifest) => Object.assign(manifest, { tier: "business" }));
    assert.deepEqual(linesOf(other, true), []);
  });
});
