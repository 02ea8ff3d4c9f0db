// The proof with correct and incorrect plans. Does not prove that clouds route as the model does.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { passages } from "../../../components/connectivity/matrix.ts";
import type { ConnectivityPlan } from "../../../components/connectivity/model.ts";
import { planConnectivity } from "../../../components/connectivity/plan.ts";
import { provenReachability, reachable } from "../../../components/connectivity/proof.ts";
import { BlueprintError } from "../../../components/core/errors.ts";
import { cells, line, matrix, sample, settings } from "./fixture.ts";

/** The allowed ports, computed from the matrix alone. */
function passes(plan: ConnectivityPlan, from: string, to: string, protocol: string, port: number) {
  return plan.matrix.some(
    (passage) =>
      passage.from === from &&
      passage.to === to &&
      passage.protocol === protocol &&
      passage.ports.some(({ first, last }) => first <= port && port <= last),
  );
}

describe("any matrix", () => {
  test("allows exactly its traffic, port by port", () => {
    fc.assert(
      fc.property(matrix, fc.integer({ min: 1, max: 65535 }), (lines, any) => {
        const plan = planConnectivity(settings(lines), cells);
        const found = reachable(plan);
        const probes = [
          any,
          ...plan.matrix.flatMap(({ ports }) =>
            ports.flatMap(({ first, last }) => [first - 1, first, last, last + 1]),
          ),
        ];
        for (const { name: from } of cells)
          for (const { name: to } of cells)
            for (const protocol of ["tcp", "udp"])
              for (const port of new Set(probes)) {
                const open = found.some(
                  (way) =>
                    way.from === from &&
                    way.to === to &&
                    way.protocol === protocol &&
                    way.ports.some(({ first, last }) => first <= port && port <= last),
                );
                assert.equal(open, passes(plan, from, to, protocol, port));
              }
      }),
      { numRuns: 60 },
    );
  });

  test("results in plans without redundant entries", () => {
    fc.assert(
      fc.property(matrix, fc.nat(), (lines, at) => {
        const plan = planConnectivity(settings(lines), cells);
        const rules = plan.rules.filter((_, index) => index !== at % plan.rules.length);
        assert.throws(() => provenReachability({ ...plan, rules }), BlueprintError);
      }),
      { numRuns: 60 },
    );
  });

  test("results in plans to which no rule can be added", () => {
    const name = fc.constantFrom(...cells.map(({ name }) => name));
    fc.assert(
      fc.property(
        matrix,
        name,
        name,
        fc.constantFrom("ingress" as const, "egress" as const),
        fc.integer({ min: 1, max: 65535 }),
        (lines, cell, peer, direction, port) => {
          const plan = planConnectivity(settings(lines), cells);
          const [from, to] = direction === "egress" ? [cell, peer] : [peer, cell];
          fc.pre(cell !== peer && !passes(plan, from, to, "tcp", port));
          const rule = {
            cell,
            peer,
            direction,
            cidr: cells.find((it) => it.name === peer)!.cidr,
            protocol: "tcp" as const,
            ports: [{ first: port, last: port }],
            why: "by mistake",
          };
          assert.throws(
            () => provenReachability({ ...plan, rules: [...plan.rules, rule] }),
            /allow traffic that is not in the matrix/,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("a mistake in the plan of the sample is found", () => {
  const plan = planConnectivity(settings(sample), cells);
  const { routes } = plan;
  const own = { cell: "aws-use1" };
  const changed = (change: Partial<ConnectivityPlan["routes"]>): ConnectivityPlan => ({
    ...plan,
    routes: { ...routes, ...change },
  });
  const ofTable = (change: (table: (typeof routes.tables)[number]) => object) =>
    changed({
      tables: routes.tables.map((table) =>
        "cell" in table.of && table.of.cell === own.cell ? { ...table, ...change(table) } : table,
      ),
    });
  const firstRule = plan.rules[0]!;

  const mistakes: Record<string, ConnectivityPlan> = {
    "a route of a network to a cell it has nothing to do with": changed({
      networks: { "aws-use1": [...(routes.networks["aws-use1"] ?? []), "10.37.0.0/16"] },
    }),
    "a route of a network to everywhere": changed({
      networks: { "aws-use1": [...(routes.networks["aws-use1"] ?? []), "0.0.0.0/0"] },
    }),
    "a route of a network that is missing": changed({ networks: { "aws-use1": [] } }),
    "a hub's table that learns of another cell": ofTable(({ cells: known }) => ({
      cells: [...known, "aws-use1b"],
    })),
    "a hub's table with a route by hand": ofTable(() => ({
      statics: [{ cidr: "10.37.0.0/16", link: "aws-111122223333-us-east-1-to-gcp" }],
    })),
    "a hub's table that learns nothing": ofTable(() => ({ links: [] })),
    "a hub's table that drops what it should pass": ofTable(() => ({
      blackholes: ["10.36.0.0/16"],
    })),
    "a block announced that nobody asked for": changed({
      announced: {
        ...routes.announced,
        "aws-111122223333-us-east-1-to-gcp": {
          byHub: ["10.32.0.0/16"],
          byPeer: ["10.36.0.0/16", "10.37.0.0/16"],
        },
      },
    }),
    "an export of a block that is not the cell's": changed({
      exports: { "gcp-euw1": ["10.36.0.0/16", "10.37.0.0/16"] },
    }),
    "a rule for a block that is no cell's": {
      ...plan,
      rules: [...plan.rules, { ...firstRule, cidr: "203.0.113.0/24" }],
    },
    "a rule for everybody": {
      ...plan,
      rules: [...plan.rules, { ...firstRule, cidr: "0.0.0.0/0" }],
    },
    "a rule with wider ports": {
      ...plan,
      rules: plan.rules.map((rule) => ({ ...rule, ports: [{ first: 1, last: 65535 }] })),
    },
    "a rule of another protocol": {
      ...plan,
      rules: [...plan.rules, { ...firstRule, protocol: "udp" }],
    },
    "a line of the matrix that no rule carries out": {
      ...plan,
      matrix: [...plan.matrix, ...passages([line("aws-use1", "aws-use1b", 22)])],
    },
  };
  for (const [name, wrong] of Object.entries(mistakes)) {
    test(name, () => {
      assert.throws(
        () => provenReachability(wrong),
        (error: BlueprintError) => error.code === "reachability-unproven",
      );
    });
  }

  test("and the plan itself has none", () => {
    assert.deepEqual(
      provenReachability(plan).map(({ from, to }) => `${from} > ${to}`),
      ["aws-use1 > gcp-euw1", "gcp-euw1 > aws-use1", "onprem-sel > aws-use1"],
    );
  });
});
