// Sections of a tenant and of a cell that Atoll does not have: what they declare is counted without a change elsewhere.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { z } from "zod";
import { defineSection } from "../../../components/section/section.ts";
import { defineTenantSection } from "../../../components/section/tenant-section.ts";
import type { Footprint } from "../../../footprint/model.ts";
import { cellCapacities } from "../../../footprint/tenants/capacity.ts";
import { demandOf } from "../../../footprint/tenants/demand.ts";
import { costedCells } from "../../../operations/cost/footprint.ts";
import { planCost } from "../../../operations/cost/plan.ts";
import { loadedWithTenants } from "../../support/sample.ts";

const unsupported = { unsupported: "only for this test" };
const nowhere = { aws: unsupported, gcp: unsupported, onprem: unsupported };
const common = { component: "own", about: "Own.", tier: z.object({}), settings: z.object({}) };

describe("what a tenant takes", () => {
  const pods = defineTenantSection({
    ...common,
    name: "pods",
    clouds: nowhere,
    demand: ({ cpu }: { readonly cpu: number }) => ({ cpu, addresses: 10 }),
  });
  const nodes = defineTenantSection({
    ...common,
    name: "nodes",
    clouds: nowhere,
    demand: () => ({ addresses: 3 }),
    owns: ({ silo }: { readonly silo: boolean }) => (silo ? ["cpu"] : []),
  });

  test("is the sum of its sections", () => {
    const sections = [
      { section: pods, spec: { cpu: 4 } },
      { section: nodes, spec: { silo: false } },
    ];
    assert.deepEqual(demandOf(sections), { cpu: 4, addresses: 13 });
  });

  test("is nothing of what it has on its own", () => {
    const sections = [
      { section: pods, spec: { cpu: 4 } },
      { section: nodes, spec: { silo: true } },
    ];
    assert.deepEqual(demandOf(sections), { addresses: 13 });
  });
});

describe("a section of a cell", () => {
  const gateway = defineSection({
    name: "gateway",
    component: "gateway",
    clouds: nowhere,
    supply: ({ listeners }: { readonly listeners: number }) => [
      { resource: "listeners", has: listeners, takes: 1, from: "a gateway" },
    ],
    costs: () => [{ item: "gateway", price: "aws-nlb", quantity: 1, key: "equal" }],
  });
  const sample = loadedWithTenants({});
  const footprint: Footprint = {
    ...sample,
    registry: [...sample.registry, gateway],
    cells: sample.cells.map((cell) =>
      cell.name === "aws-use1"
        ? { ...cell, specs: { ...cell.specs, gateway: { listeners: 64 } } }
        : cell,
    ) as Footprint["cells"],
  };

  test("adds to the capacity of its cell by its own declaration", () => {
    const capacities = cellCapacities(footprint, footprint.tenants);
    const listeners = capacities.flatMap(({ cell, lines }) =>
      lines
        .filter(({ resource }) => resource === "listeners")
        .map(({ capacity, own, left }) => [cell, capacity, own, left]),
    );
    assert.deepEqual(listeners, [["aws-use1", 64, 1, 63]]);
  });

  test("adds to the cost of its cell by its own declaration", () => {
    const costs = costedCells(footprint).flatMap((cell) =>
      planCost(cell)
        .costs.filter(({ item }) => item === "gateway")
        .map(({ cents, parts }) => [cell.cell, cents, parts]),
    );
    // 0.0225 an hour, 730 hours.
    assert.deepEqual(costs, [["aws-use1", 1643, [{ tenant: "birch", cents: 1643 }]]]);
  });
});
