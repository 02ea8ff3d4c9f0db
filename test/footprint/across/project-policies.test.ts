// Members of a project's allow policy from a whole environment. Members that others add are not known.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { policyProblems } from "../../../footprint/across/project-policies.ts";
import type { Cell, Footprint } from "../../../footprint/model.ts";
import { gcp, loaded, refusals, set } from "../../support/sample.ts";

const many = (count: number, of: (index: number) => unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, of(index)]));

/** The sample with these sections of its GCP cell, and these of its environment. */
function said(
  specs: Partial<Record<"identity" | "stream" | "streams", unknown>>,
  environment: object = {},
  more: readonly string[] = [],
) {
  const sample: Footprint = loaded({});
  const base = sample.cells.find(({ cloud }) => cloud === "gcp");
  assert.ok(base);
  const {
    identity: _,
    stream: _stream,
    ...rest
  } = base.specs as unknown as Record<string, unknown>;
  const cell = { ...base, specs: { ...rest, ...specs } } as unknown as Cell;
  const others = more.map((name) => ({ ...cell, name, stack: `local.${name}` }));
  return policyProblems(
    { ...sample.environment, people: undefined, deployers: undefined, ...environment } as never,
    [cell, ...others],
    sample.registry,
    "Pulumi.local.yaml",
  ).map(({ path, message, got }) => `${path}: ${message} (got ${got})`);
}

const databases = (count: number) => ({
  workloads: many(count, () => ({
    grants: [{ kind: "database", name: "main", may: ["connect"] }],
  })),
});

describe("the allow policy of a project", () => {
  test("has 1,300 members for workloads and clients of all of its cells", () => {
    assert.deepEqual(said({ identity: databases(650) }), []);
    assert.deepEqual(said({ identity: databases(651) }), [
      "Pulumi.local.gcp-euw1.yaml: identity: must add at most 1300 members to the allow policy of project atoll-local, which has 1500 and keeps 200 for others: use fewer workloads with databases and caches, fewer clients, or another project (got 1302)",
    ]);
    const clients = (count: number) => ({ stream: { clients: many(count, () => ({})) } });
    assert.deepEqual(said(clients(650), {}, ["two"]), []);
    assert.match(said(clients(651), {}, ["two"]).join(), /: stream: must add at most 649 members/);
  });

  test("counts the roles of deployers", () => {
    const deployers = (count: number) => ({
      deployers: {
        accounts: {},
        projects: { "atoll-local": { deployers: many(count, () => ({ roles: [{}, {}] })) } },
      },
    });
    assert.deepEqual(said({ identity: databases(645) }, deployers(5)), []);
    assert.match(said({ identity: databases(645) }, deployers(6)).join(), /at most 1288 members/);
  });

  test("has 240 groups, one for each cell", () => {
    const people = (count: number) => ({
      people: { groups: many(count, () => ({ reaches: ["cluster-api"] })) },
    });
    assert.deepEqual(said({}, people(240)), []);
    assert.match(
      said({}, people(241)).join(),
      /^Pulumi\.local\.yaml: people\.groups: must have at most 240 groups that reach clusters in project atoll-local: /,
    );
    assert.deepEqual(said({}, people(120), ["two"]), []);
    assert.match(said({}, people(121), ["two"]).join(), /at most 120 groups .*\(got 242\)/);
    const databases = { people: { groups: many(300, () => ({ reaches: ["database"] })) } };
    assert.deepEqual(said({}, databases), []);
  });

  test("is checked when an environment is read", () => {
    const workloads = many(651, (index) => ({
      namespace: "shop",
      serviceAccount: `sa${index}`,
      account: true,
      grants: [{ kind: "database", name: "main", may: ["connect"] }],
    }));
    const lines = refusals({ [gcp]: set("identity", { workloads }) }, gcp);
    assert.ok(
      lines.some((line) => /gcp-euw1\.yaml: identity: must add at most \d+ members/.test(line)),
      lines.slice(0, 3).join("\n"),
    );
  });
});
