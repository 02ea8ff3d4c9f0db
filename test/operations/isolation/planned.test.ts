// Tenants as their programs register them, with mocks, on the cells of the sample. What these tests cannot prove: what engines, clouds
// and operators do with the resources.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { reservedIds } from "../../../components/tenancy/tenant-id.ts";
import type { IsolationResource } from "../../../operations/isolation/model.ts";
import { judge } from "../../../operations/isolation/oracle.ts";
import {
  type Manifests,
  plannedCells,
  sharedStacks,
  withTenants,
} from "../../support/planned-cells.ts";

const cells = ["aws-use1", "gcp-euw1", "onprem-sel"] as const;
const shared = await sharedStacks(withTenants({}, (footprint) => footprint));

/** Ids of which many are the beginning of another. */
const id = fc.stringMatching(/^ab[ab1]{1,4}$/).filter((each) => !reservedIds.includes(each));

const service = fc.constantFrom("api", "web");
const space = fc.constantFrom("app", "jobs", "data");
const port = fc.integer({ min: 1024, max: 65_535 });

const manifest = fc.record({
  cell: fc.constantFrom(...cells),
  tier: fc.constantFrom("basic", "business", "enterprise"),
  state: fc.constantFrom("active", "suspended"),
  spaces: fc.uniqueArray(fc.tuple(space, service), { minLength: 1, selector: ([name]) => name }),
  port,
  data: fc.boolean(),
  egress: fc.constantFrom("203.0.113.0/24", "0.0.0.0/0", "10.0.0.0/8"),
});

type Drawn = typeof manifest extends fc.Arbitrary<infer T> ? T : never;

function written(name: string, { spaces, port: on, egress, data, ...rest }: Drawn) {
  const ends = spaces.map(([of, own]) => `${of}/${own}`);
  const [first = "", last = first] = [ends[0], ends.at(-1)];
  return {
    ...rest,
    // There are no keys of tenants on-premises.
    tier: rest.cell === "onprem-sel" ? "basic" : rest.tier,
    ...(data && {
      database: { databases: { app: { users: { api: { service: first } } } } },
      stream: {
        topics: { orders: { partitions: 3 } },
        clients: { api: { produce: ["orders"], services: [first] } },
      },
      // On-premises the vault has them.
      secrets: rest.cell === "onprem-sel" ? {} : { secrets: { mail: { description: "API key" } } },
    }),
    namespaces: {
      spaces: Object.fromEntries(spaces.map(([of, own]) => [of, { services: { [own]: {} } }])),
      calls: [{ from: first, to: last, ports: [on], why: "a call of its own" }],
      egress: [{ from: first, cidr: egress, ports: [443], why: "a partner" }],
      operators: { groups: [`${name}-operators@atoll.example`] },
      ci: { users: [`${name}-deploy@atoll.example`] },
    },
  };
}

const footprints = fc
  .uniqueArray(fc.tuple(id, manifest), { minLength: 2, maxLength: 3, selector: ([name]) => name })
  .map(
    (drawn): Manifests =>
      Object.fromEntries(drawn.map(([name, each]) => [name, written(name, each)])),
  );

describe("planned tenants", () => {
  test("never reach each other or the cell, whatever their manifests say", async () => {
    let judged = 0;
    await fc.assert(
      fc.asyncProperty(footprints, async (manifests) => {
        const footprint = withTenants(manifests, (whole) => whole);
        for (const cell of await plannedCells(footprint, shared)) {
          judged += cell.tenants.length;
          assert.deepEqual(judge(cell).paths, [], JSON.stringify(manifests));
        }
      }),
      { numRuns: 6, seed: 11 },
    );
    // The sample's tenants are on every cell besides the drawn ones.
    assert.ok(judged > 6 * 3, String(judged));
  });

  test("may have a database cluster of their own on-premises, in which nobody of theirs runs code", async () => {
    const footprint = withTenants(
      {
        oak: {
          cell: "onprem-sel",
          tier: "site",
          namespaces: { spaces: { app: { services: { web: {} } } } },
          database: { databases: { app: { users: { web: { service: "app/web" } } } } },
        },
      },
      (whole) => whole,
      { site: { isolation: { default: "pool", database: "silo" }, database: {} } },
    );
    const planned = await plannedCells(footprint, await sharedStacks(footprint));
    const cell = planned.find(({ tenants }) => tenants.includes("oak"))!;
    const own = "tenant-oak-database";
    const isOwn = ({ type, inputs }: IsolationResource) =>
      type.endsWith(":Namespace") && JSON.stringify(inputs).includes(`"${own}"`);
    const namespace = cell.resources.find(isOwn)!;
    assert.deepEqual(judge(cell).paths, []);

    const binding: IsolationResource = {
      ...namespace,
      type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
      name: "extra",
      inputs: {
        metadata: { name: "extra", namespace: own },
        roleRef: { kind: "ClusterRole", name: "edit" },
        subjects: [{ kind: "User", name: "ann@oak.example" }],
      },
    };
    const { paths } = judge({ ...cell, resources: [...cell.resources, binding] });
    assert.notEqual(paths.length, 0, "code in it could reach what the operator reaches");
  });
});
