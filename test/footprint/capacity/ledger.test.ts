// What these tests cannot prove: that a vendor's quota is what its documentation says, and that an account has no other.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { fitOf } from "../../../footprint/capacity/fit.ts";
import {
  type CellSupply,
  capacities,
  type TenantDemand,
} from "../../../footprint/capacity/ledger.ts";
import { capacityProblems } from "../../../footprint/capacity/problems.ts";

const account = "account 111122223333";
const first: CellSupply = {
  cell: "one",
  account,
  region: "us-east-1",
  supplies: [
    { resource: "cpu", has: 30, takes: 2, from: "pool general" },
    { resource: "cpu", has: 10, from: "pool batch" },
    { resource: "iamRoles", has: 1000, from: "quota" },
    { resource: "iamRoles", takes: 40, from: "cells" },
    { resource: "namespaces", has: 10, takes: 4, from: "threshold" },
  ],
  most: undefined,
};
const second: CellSupply = {
  ...first,
  cell: "two",
  supplies: [
    { resource: "cpu", has: 8, from: "pool general" },
    { resource: "iamRoles", has: 1000, from: "quota" },
    { resource: "iamRoles", takes: 10, from: "cells" },
  ],
};

function tenant(name: string, cell: string, demand: TenantDemand["demand"], guaranteed = 1) {
  return { tenant: name, cell, demand, guaranteed };
}

const fileOf = (cell: string) => `Pulumi.prod.${cell}.yaml`;
const lineOf = (all: ReturnType<typeof capacities>, cell: string, resource: string) =>
  all.find((each) => each.cell === cell)?.lines.find((line) => line.resource === resource);

describe("the ledger of cells", () => {
  test("adds the parts of a cell, and promises the guaranteed share of what can be over-committed", () => {
    const all = capacities([first], [tenant("acme", "one", { cpu: 8, namespaces: 3 }, 0.25)]);
    const cpu = lineOf(all, "one", "cpu");
    assert.deepEqual(
      [cpu?.capacity, cpu?.own, cpu?.promised, cpu?.quota, cpu?.left],
      [40, 2, 2, 8, 36],
    );
    const namespaces = lineOf(all, "one", "namespaces");
    assert.deepEqual([namespaces?.promised, namespaces?.quota, namespaces?.left], [3, 3, 3]);
  });

  test("counts a quota of an account once for all of its cells", () => {
    const all = capacities(
      [first, second],
      [tenant("acme", "one", { iamRoles: 5 }), tenant("beta", "two", { iamRoles: 7 })],
    );
    for (const cell of ["one", "two"]) {
      const roles = lineOf(all, cell, "iamRoles");
      assert.deepEqual(
        [roles?.of, roles?.capacity, roles?.own, roles?.promised, roles?.left],
        [account, 1000, 50, 12, 938],
      );
    }
  });

  test("counts users of a cache in their region too", () => {
    const cell: CellSupply = {
      ...first,
      supplies: [
        { resource: "cacheUsers", has: 100, takes: 3, from: "group" },
        { resource: "regionCacheUsers", has: 1000, takes: 5, from: "region" },
      ],
    };
    const all = capacities([cell], [tenant("acme", "one", { cacheUsers: 2 })]);
    assert.equal(lineOf(all, "one", "cacheUsers")?.left, 95);
    assert.equal(lineOf(all, "one", "regionCacheUsers")?.left, 993);
  });

  test("keeps what has no known limit without one", () => {
    const [cell] = capacities([second], [tenant("acme", "two", { topics: 5 })]);
    const topics = cell?.lines.find(({ resource }) => resource === "topics");
    assert.deepEqual([topics?.promised, topics?.capacity, topics?.left], [5, undefined, undefined]);
    assert.deepEqual(capacityProblems([cell!], fileOf), []);
  });

  test("accepts a set that fits exactly, with binary fractions", () => {
    const tenants = Array.from({ length: 80 }, (_, index) =>
      tenant(`t-${index}`, "two", { cpu: 0.1 }),
    );
    const all = capacities([second], tenants);
    assert.equal(lineOf(all, "two", "cpu")?.left, 0);
    assert.deepEqual(capacityProblems(all, fileOf), []);
  });

  test("sums for random tenants what each of them is promised", () => {
    const tenants = fc.array(
      fc.record({
        cell: fc.constantFrom("one", "two"),
        guaranteed: fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100),
        cpu: fc.integer({ min: 0, max: 64 }),
        iamRoles: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(tenants, (given) => {
        const all = capacities(
          [first, second],
          given.map(({ cell, guaranteed, cpu, iamRoles }, index) =>
            tenant(`t-${index}`, cell, { cpu, iamRoles }, guaranteed),
          ),
        );
        const roles = given.reduce((sum, each) => sum + each.iamRoles, 0);
        assert.equal(lineOf(all, "one", "iamRoles")?.left, 1000 - 50 - roles);
        const onTwo = given.filter(({ cell }) => cell === "two");
        const cpu = onTwo.reduce((sum, each) => sum + each.cpu * each.guaranteed, 0);
        const left = lineOf(all, "two", "cpu")?.left ?? Number.NaN;
        assert.ok(Math.abs(left - (8 - cpu)) < 1e-5);
      }),
    );
  });
});

describe("a set of tenants beyond a ceiling", () => {
  test("is refused with the resource, what is there, used and promised, the largest tenants, and what to do", () => {
    const tenants = [
      tenant("acme", "two", { cpu: 8 }, 0.5),
      tenant("beta", "two", { cpu: 6 }, 0.5),
      tenant("coal", "two", { cpu: 1 }, 0.5),
      tenant("dune", "two", { cpu: 4 }, 0.5),
    ];
    assert.deepEqual(capacityProblems(capacities([second], tenants), fileOf), [
      {
        path: "Pulumi.prod.two.yaml: tenancy",
        message:
          "must have CPUs for its tenants: there are 8, its own services use 0, and tenants are promised 9.5 of quotas of 19; the largest are acme with 4, beta with 3, dune with 2. Move tenants to another cell, lower `guaranteed` or the quotas of their tiers, or enlarge node pools of the classes stateless and batch",
      },
    ]);
  });

  test("is refused once for a quota of an account, at its first cell", () => {
    const tenants = [
      tenant("acme", "one", { iamRoles: 500 }),
      tenant("beta", "two", { iamRoles: 451 }),
    ];
    assert.deepEqual(capacityProblems(capacities([first, second], tenants), fileOf), [
      {
        path: "Pulumi.prod.one.yaml: tenancy",
        message:
          "must have IAM roles of account 111122223333 for its tenants: there are 1000, its own services use 50, and tenants are promised 951; the largest are acme with 500, beta with 451. Move tenants to another cell, have the quota raised, and set it in tenancy.quotas",
      },
    ]);
  });

  test("is refused for more tenants than the cell takes", () => {
    const tenants = ["acme", "beta", "coal"].map((name) => tenant(name, "two", {}));
    const all = capacities([{ ...second, most: 2 }], tenants);
    assert.deepEqual(capacityProblems(all, fileOf), [
      {
        path: "Pulumi.prod.two.yaml: tenancy.most",
        message:
          "must be at least 3, the number of its tenants; move tenants to another cell, or raise it",
        got: 2,
      },
    ]);
  });
});

describe("how many more tenants fit", () => {
  const [cell] = capacities([{ ...first, most: 30 }], [tenant("acme", "one", { cpu: 8 })]);
  const fit = (demand: TenantDemand["demand"], guaranteed = 1) =>
    fitOf(cell!, { tier: "basic", demand, guaranteed });

  test("ends with the scarcest resource", () => {
    // 30 CPUs and 6 namespaces are left.
    assert.deepEqual(fit({ cpu: 4, namespaces: 1 }), {
      tier: "basic",
      more: 6,
      endedBy: "namespaces",
    });
    assert.deepEqual(fit({ cpu: 8, namespaces: 1 }), { tier: "basic", more: 3, endedBy: "cpu" });
  });

  test("counts the guaranteed share of what can be over-committed", () => {
    assert.deepEqual(fit({ cpu: 8 }, 0.25), { tier: "basic", more: 15, endedBy: "cpu" });
  });

  test("ends with the most tenants that the cell takes", () => {
    assert.deepEqual(fit({ cpu: 0.1 }), { tier: "basic", more: 29, endedBy: "most" });
  });

  test("and one more than fits is refused", () => {
    const sizes = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 4 }), (cpu, namespaces) => {
        const demand = { cpu, namespaces };
        const [empty] = capacities([first], []);
        const { more = 0 } = fitOf(empty!, { tier: "basic", demand, guaranteed: 1 });
        const of = (count: number) =>
          Array.from({ length: count }, (_, index) => tenant(`t-${index}`, "one", demand));
        assert.deepEqual(capacityProblems(capacities([first], of(more)), fileOf), []);
        assert.notDeepEqual(capacityProblems(capacities([first], of(more + 1)), fileOf), []);
      }),
    );
  });
});
