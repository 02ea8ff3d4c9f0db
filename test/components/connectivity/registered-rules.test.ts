// Reads routes and rules back from registered resources and compares them with the proven plan. Does not prove that clouds
// enforce them.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ConnectivityPlan } from "../../../components/connectivity/model.ts";
import { provenReachability } from "../../../components/connectivity/proof.ts";
import type { AccessRule } from "../../../components/connectivity/rules.ts";
import type { Registered } from "../../support/inventory.ts";
import { built } from "./build.ts";
import { cells, matrix, settings } from "./fixture.ts";

/** The rules of all registered security groups and firewalls. */
function rulesOf(resources: readonly Registered[]): AccessRule[] {
  return resources.flatMap(({ type, parent, inputs }): AccessRule[] => {
    const cell = String(parent);
    const rule = (
      direction: AccessRule["direction"],
      cidr: unknown,
      protocol: unknown,
      ports: string[],
    ) => ({
      cell,
      direction,
      peer: cells.find((it) => it.cidr === cidr)?.name ?? "nobody",
      cidr: String(cidr),
      protocol: protocol as AccessRule["protocol"],
      ports: ports.map((text) => {
        const [first = 0, last = first] = text.split("-").map(Number);
        return { first, last };
      }),
      why: "",
    });
    const group = /^aws:vpc\/securityGroup(Ingress|Egress)Rule/.exec(type)?.[1]?.toLowerCase();
    if (group) {
      const { cidrIpv4, ipProtocol, fromPort, toPort } = inputs;
      const ports = [`${fromPort}-${toPort}`];
      return [rule(group as AccessRule["direction"], cidrIpv4, ipProtocol, ports)];
    }
    if (!type.startsWith("gcp:compute/firewall:")) return [];
    const { direction, sourceRanges, destinationRanges, allows } = inputs as {
      direction: string;
      sourceRanges?: string[];
      destinationRanges?: string[];
      allows: { protocol: string; ports: string[] }[];
    };
    const way = direction === "INGRESS" ? "ingress" : "egress";
    return (sourceRanges ?? destinationRanges ?? []).flatMap((cidr) =>
      allows.map(({ protocol, ports }) => rule(way, cidr, protocol, ports)),
    );
  });
}

/** The routes of cells' networks, the same in every table of a cell. */
function networksOf(plan: ConnectivityPlan, resources: readonly Registered[]) {
  const routes = resources.filter(({ type }) => type === "aws:ec2/route:Route");
  return Object.fromEntries(
    Object.keys(plan.routes.networks).map((cell) => {
      const own = routes.filter(({ parent }) => parent === cell);
      const tables = new Set(own.map(({ inputs }) => inputs.routeTableId));
      const blocks = [...new Set(own.map(({ inputs }) => String(inputs.destinationCidrBlock)))];
      assert.equal(own.length, tables.size * blocks.length);
      return [cell, blocks.sort()];
    }),
  );
}

test("the registered resources alone prove any matrix", async () => {
  await fc.assert(
    fc.asyncProperty(matrix, async (lines) => {
      const { plan, resources } = await built(settings(lines));
      // On-premises nothing is registered: the output rules are used instead.
      const sites = plan.rules.filter(({ cell }) => cell.startsWith("onprem"));
      const read: ConnectivityPlan = {
        ...plan,
        rules: [...rulesOf(resources), ...sites],
        routes: { ...plan.routes, networks: networksOf(plan, resources) },
      };
      assert.doesNotThrow(() => provenReachability(read));
    }),
    { numRuns: 8 },
  );
});

test("route tables of Transit Gateways have the planned propagations only", async () => {
  await fc.assert(
    fc.asyncProperty(matrix, async (lines) => {
      const { plan, resources } = await built(settings(lines));
      const count = (kind: string) => resources.filter(({ type }) => type.endsWith(kind)).length;
      const vpn = (key: string) => {
        const found = plan.links.find((link) => link.key === key);
        return found?.kind === "vpn" ? Math.ceil(found.tunnels.length / 2) : 0;
      };
      const { tables } = plan.routes;
      const sum = (of: (table: (typeof tables)[number]) => number) =>
        tables.reduce((total, table) => total + of(table), 0);
      assert.equal(
        count(":RouteTablePropagation"),
        sum(({ cells: known, links }) => known.length + links.reduce((n, key) => n + vpn(key), 0)),
      );
      assert.equal(
        resources.filter(({ type }) => type === "aws:ec2transitgateway/route:Route").length,
        sum(({ statics, blackholes }) => statics.length + blackholes.length),
      );
    }),
    { numRuns: 8 },
  );
});
