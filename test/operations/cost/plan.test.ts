// What these tests cannot prove: that list prices are what a vendor charges. They are data with a source and a date.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { priceOf, pricePages } from "../../../components/pricing/prices.ts";
import { type CostedCell, planCost } from "../../../operations/cost/plan.ts";
import { split } from "../../../operations/cost/split.ts";

const line = {
  of: undefined,
  own: 0,
  promised: 0,
  quota: 0,
  left: undefined,
  tenants: 0,
  largest: [],
  from: [],
} as const;

const cell: CostedCell = {
  cell: "aws-use1",
  items: [
    { item: "control plane", price: "aws-eks-cluster", quantity: 1, key: "equal" },
    { item: "database", price: "aws-acu", quantity: 4, key: "databaseConnections" },
    {
      item: "nodes",
      price: "aws-vcpu",
      quantity: ({ cpu = 0 }) => Math.ceil(cpu / 4) * 4,
      key: "cpu",
      whole: ({ cpu = 0 }) => Math.ceil(cpu / 4) * 4,
    },
  ],
  tenants: [
    {
      tenant: "acme",
      tier: "business",
      promised: { cpu: 4, databaseConnections: 250 },
      direct: [{ item: "own keys", price: "aws-key", quantity: 2 }],
    },
    { tenant: "beta", tier: "basic", promised: { cpu: 2 }, direct: [] },
  ],
  capacity: { lines: [{ ...line, resource: "databaseConnections", capacity: 1000 }] },
  budget: { amount: 1000, currency: "USD" },
};

describe("the planned cost of a cell", () => {
  const planned = planCost(cell);

  test("splits each cost by its key, and allocates no more than tenants are promised", () => {
    // 0.1 an hour; four units at 0.12; eight vCPUs at 0.03465; 730 hours.
    assert.deepEqual(
      planned.costs.map(({ item, cents, parts, rest }) => [
        item,
        cents,
        Object.fromEntries(parts.map((part) => [part.tenant, part.cents])),
        rest,
      ]),
      [
        ["control plane", 7300, { acme: 3650, beta: 3650 }, 0],
        ["database", 35_040, { acme: 8760 }, 26_280],
        ["nodes", 20_236, { acme: 10_118, beta: 5059 }, 5059],
        ["own keys", 200, { acme: 200 }, 0],
      ],
    );
  });

  test("gives direct costs to their tenant, and the budget in the same proportion", () => {
    assert.equal(planned.total, 62_776);
    assert.deepEqual(
      planned.tenants.map(({ tenant, shared, direct, total, budget }) => ({
        tenant,
        shared,
        direct,
        total,
        budget,
      })),
      [
        // 22,728 and 8,709 of 62,776, of a budget of 100,000 cents; the rest is 31,339.
        { tenant: "acme", shared: 22_528, direct: 200, total: 22_728, budget: 36_205 },
        { tenant: "beta", shared: 8709, direct: 0, total: 8709, budget: 13_873 },
      ],
    );
    assert.deepEqual([planned.rest, planned.restOfBudget], [31_339, 49_922]);
  });

  test("leaves all of a cell without tenants unallocated", () => {
    const empty = planCost({ ...cell, tenants: [] });
    assert.deepEqual([empty.rest, empty.total, empty.restOfBudget], [42_340, 42_340, 100_000]);
  });

  test("allocates all of what is promised beyond the capacity", () => {
    const over = planCost({
      ...cell,
      items: [cell.items[1]!],
      tenants: [
        { tenant: "acme", tier: "basic", promised: { databaseConnections: 1500 }, direct: [] },
        { tenant: "beta", tier: "basic", promised: { databaseConnections: 500 }, direct: [] },
      ],
    });
    assert.deepEqual([...over.tenants.map(({ total }) => total), over.rest], [26_280, 8760, 0]);
  });

  test("adds up to 100 percent for random tenants, to the cent", () => {
    const tenants = fc.array(
      fc.record({
        cpu: fc.double({ min: 0, max: 64, noNaN: true }),
        connections: fc.integer({ min: 0, max: 400 }),
        keys: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(tenants, fc.integer({ min: 0, max: 100_000 }), (given, amount) => {
        const { costs, rest, total, ...sums } = planCost({
          ...cell,
          tenants: given.map(({ cpu, connections, keys }, index) => ({
            tenant: `t-${index}`,
            tier: "basic",
            promised: { cpu, databaseConnections: connections },
            direct: [{ item: "own keys", price: "aws-key", quantity: keys }],
          })),
          budget: { amount: amount / 100, currency: "USD" },
        });
        for (const cost of costs) {
          const parts = cost.parts.reduce((sum, { cents }) => sum + cents, 0);
          assert.equal(parts + cost.rest, cost.cents, cost.item);
          assert.ok(cost.rest >= 0 && Number.isInteger(cost.rest), cost.item);
        }
        assert.equal(costs.length, 3 + given.length);
        assert.equal(
          sums.tenants.reduce((sum, tenant) => sum + tenant.total, rest),
          total,
        );
        assert.equal(
          sums.tenants.reduce((sum, tenant) => sum + (tenant.budget ?? 0), sums.restOfBudget ?? 0),
          amount,
        );
      }),
    );
  });
});

describe("a split", () => {
  test("gives the missing cents to the largest remainders", () => {
    assert.deepEqual(split(100, [1, 1, 1]), [34, 33, 33]);
    assert.deepEqual(split(10, [5, 3, 3]), [4, 3, 3]);
    assert.deepEqual(split(7, [0, 2]), [0, 7]);
    assert.deepEqual(split(7, [0, 0]), [0, 0]);
  });

  test("is exact, and within a cent of each share", () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), weights, (cents, given) => {
        fc.pre(given.some((weight) => weight > 0));
        const parts = split(cents, given);
        const total = given.reduce((sum, weight) => sum + weight, 0);
        assert.equal(
          parts.reduce((sum, part) => sum + part, 0),
          cents,
        );
        for (const [index, part] of parts.entries()) {
          assert.ok(Math.abs(part - (cents * given[index]!) / total) < 1);
        }
      }),
    );
  });
});

describe("list prices", () => {
  test("have a source of the vendor, a region, a date, and an amount", () => {
    assert.ok(pricePages.length > 10);
    for (const { source, region, date, prices } of pricePages) {
      assert.match(source, /^https:\/\/(aws\.amazon|cloud\.google)\.com\/[\w./-]+$/);
      assert.match(region, /^us-(east-1|central1)$/);
      assert.match(date, /^20\d\d-(0[1-9]|1[0-2])$/);
      assert.ok(Object.values(prices).every(({ usd }) => usd > 0 && usd < 5));
    }
  });

  test("have ids that no other has, each found with its page", () => {
    const ids = pricePages.flatMap(({ prices }) => Object.keys(prices));
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(priceOf("aws-eks-cluster"), {
      source: "https://aws.amazon.com/eks/pricing/",
      region: "us-east-1",
      date: "2025-06",
      what: "a cluster in standard support",
      usd: 0.1,
      per: "hour",
    });
  });
});
