// The network part of connectivity allows DNS, and nothing else. No packet is sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ConnectedCell } from "../../../components/connectivity/matrix.ts";
import { planConnectivity } from "../../../components/connectivity/plan.ts";
import { connectivitySettings } from "../../../components/connectivity/schema.ts";
import { type Link, planDns } from "../../../components/private-dns/plan.ts";
import { dnsPlaces, dnsReachability } from "../../../components/private-dns/reachability.ts";
import { cells, domain, mesh, supernet } from "./fixture.ts";

const gateways = {
  "onprem-sel": {
    asn: 65010,
    addresses: ["198.51.100.7", "198.51.100.8"],
    presharedKey: { configKey: "site-key" },
  },
};

function connect(links: readonly Link[]) {
  const reachability = links.map(([from, to]) => ({
    from,
    to,
    ports: [{ protocol: "tcp" as const, ports: [443] }],
  }));
  const names = planDns({ domain }, supernet, cells, links);
  const settings = connectivitySettings.parse({ reachability, gateways });
  const needs = { lines: dnsReachability(names), places: dnsPlaces(names) };
  return { names, plan: planConnectivity(settings, cells as ConnectedCell[], needs) };
}

test("for any matrix, the traffic for DNS is planned and verified with it", () => {
  const links = fc.subarray(mesh(cells), { minLength: 1 });
  fc.assert(
    fc.property(links, (some) => {
      const { names, plan } = connect(some);
      for (const { from, to } of dnsReachability(names)) {
        const passage = plan.matrix.filter((each) => each.from === from && each.to === to);
        const open = passage.map(({ protocol, ports }) => [
          protocol,
          ports.some(({ first, last }) => first <= 53 && 53 <= last),
        ]);
        assert.deepEqual(open, [
          ["tcp", true],
          ["udp", true],
        ]);
      }
    }),
  );
});

test("AWS has routes to the addresses and the query source of Cloud DNS, advertised over the tunnels", () => {
  const { plan } = connect([["aws-use1", "gcp-euw1"]]);
  const ranges = ["10.63.255.248/29", "35.199.192.0/19"];
  for (const range of ranges) assert.ok(plan.routes.networks["aws-use1"]?.includes(range));
  const announced = Object.values(plan.routes.announced).flatMap(({ byHub, byPeer }) => [
    ...byHub,
    ...byPeer,
  ]);
  for (const range of ranges) assert.ok(announced.includes(range), range);
});
