// Plans: hubs, ASNs, addresses, links, routes. Does not prove that clouds accept them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { AwsHub } from "../../../components/connectivity/hubs.ts";
import { isReserved, isVpn, reservedBlocks } from "../../../components/connectivity/links.ts";
import { planConnectivity } from "../../../components/connectivity/plan.ts";
import { connectivityProblems } from "../../../components/connectivity/problems.ts";
import { contains, overlapping, overlaps } from "../../../components/core/cidr.ts";
import { cells, line, matrix, sample, settings, some } from "./fixture.ts";

const use1 = "aws-111122223333-us-east-1";
const euw1 = "aws-111122223333-eu-west-1";

describe("hubs", () => {
  test("one for each account and region on AWS, one of Google's, none for sites", () => {
    const plan = planConnectivity(
      settings([
        line("aws-use1", "aws-use1b", 443),
        line("aws-euw1", "aws-data", 443),
        line("gcp-euw1", "gcp-data", 443),
        line("onprem-sel", "aws-use1", 443),
      ]),
      cells,
    );
    assert.deepEqual(
      plan.hubs.map(({ key, cells: attached }) => [key, ...attached]),
      [
        [euw1, "aws-euw1"],
        [use1, "aws-use1", "aws-use1b"],
        ["aws-444455556666-us-east-1", "aws-data"],
        ["gcp", "gcp-data", "gcp-euw1"],
      ],
    );
    assert.deepEqual(
      plan.hubs.find(({ cloud }) => cloud === "gcp"),
      {
        key: "gcp",
        cloud: "gcp",
        project: "acme-prod",
        region: "europe-west1",
        guests: ["acme-data"],
        asn: plan.hubs[3]?.asn,
        cells: ["gcp-data", "gcp-euw1"],
      },
    );
  });

  test("exist when the matrix is empty, with empty tables and no links", () => {
    const plan = planConnectivity(settings([]), cells);
    const full = planConnectivity(settings([line("aws-use1", "gcp-euw1", 443)]), cells);
    assert.deepEqual(plan.hubs, full.hubs);
    assert.deepEqual(plan.links, []);
    const owners = ({ routes }: typeof plan) => routes.tables.map(({ hub, of }) => ({ hub, of }));
    assert.deepEqual(owners(plan), owners(full));
    for (const { cells: known, links, statics, blackholes } of plan.routes.tables) {
      assert.deepEqual([known, links, statics, blackholes], [[], [], [], []]);
    }
    assert.deepEqual([plan.routes.networks, plan.routes.exports, plan.rules], [{}, {}, []]);
  });

  test("their ASNs are set or private, and do not change when hubs are added", () => {
    const few = planConnectivity(settings(sample, { asns: { gcp: 64999 } }), cells);
    const many = planConnectivity(
      settings([...sample, line("aws-euw1", "aws-data", 1)], { asns: { gcp: 64999 } }),
      cells,
    );
    const asn = (plan: typeof few, key: string) => plan.hubs.find((hub) => hub.key === key)?.asn;
    assert.equal(asn(few, "gcp"), 64999);
    assert.equal(asn(few, use1), asn(many, use1));
    for (const hub of many.hubs) assert.ok(hub.asn >= 64512 && hub.asn <= 65534);
    const wide = planConnectivity(settings(sample, { asnBase: 4200000000 }), cells);
    for (const hub of wide.hubs) assert.ok(hub.asn >= 4200000000 && hub.asn <= 4294967294);
  });
});

describe("links", () => {
  test("AWS and Google are connected by four tunnels, each with a /30 of one block", () => {
    const { links } = planConnectivity(
      settings(sample, { tunnels: { [`${use1}-to-gcp`]: "169.254.100.0/28" } }),
      cells,
    );
    assert.deepEqual(
      links.find(({ key }) => key === `${use1}-to-gcp`),
      {
        key: `${use1}-to-gcp`,
        kind: "vpn",
        hub: use1,
        peer: { hub: "gcp" },
        block: "169.254.100.0/28",
        tunnels: [0, 4, 8, 12].map((start, place) => ({
          number: place + 1,
          inside: `169.254.100.${start}/30`,
          hubAddress: `169.254.100.${start + 1}`,
          peerAddress: `169.254.100.${start + 2}`,
        })),
      },
    );
  });

  test("a site has two tunnels from AWS to each of its routers, and two from Google", () => {
    const { links } = planConnectivity(
      settings([
        line("onprem-sel", "aws-use1", 443),
        line("onprem-ber", "aws-use1", 443),
        line("onprem-ber", "gcp-euw1", 443),
      ]),
      cells,
    );
    assert.deepEqual(
      links.map((link) => [link.key, isVpn(link) ? link.tunnels.length : 0]),
      [
        [`${use1}-to-onprem-ber`, 2],
        [`${use1}-to-onprem-sel`, 4],
        ["gcp-to-onprem-ber", 2],
      ],
    );
  });

  test("two Transit Gateways are peered once, whoever opens the connections", () => {
    for (const lines of [
      [line("aws-use1", "aws-euw1", 443)],
      [line("aws-euw1", "aws-use1", 443)],
    ]) {
      assert.deepEqual(planConnectivity(settings(lines), cells).links, [
        { kind: "peering", key: `${euw1}-to-${use1}`, hub: euw1, peer: { hub: use1 } },
      ]);
    }
  });

  test("for any matrix blocks are disjoint, link-local and not reserved, or a problem is reported", () => {
    fc.assert(
      fc.property(matrix, (lines) => {
        const it = settings(lines);
        const { links } = planConnectivity(it, cells);
        const vpn = links.filter(isVpn);
        const blocks = Object.fromEntries(vpn.map(({ key, block }) => [key, block]));
        const said = connectivityProblems(it, cells, "file");
        const pairs = overlapping(blocks);
        assert.equal(
          pairs.length > 0,
          said.some(({ path }) => path.startsWith("file: connectivity.tunnels")),
        );
        for (const { block, tunnels } of vpn) {
          assert.ok(contains("169.254.0.0/16", block) && !isReserved(block));
          for (const { inside } of tunnels) assert.ok(contains(block, inside));
        }
      }),
      { numRuns: 40 },
    );
  });

  test("what AWS reserves is avoided in a range that holds little else", () => {
    const { links } = planConnectivity(settings(sample, { linkRange: "169.254.0.0/27" }), cells);
    for (const link of links.filter(isVpn)) assert.equal(link.block, "169.254.0.16/28");
    for (const kept of reservedBlocks) assert.ok(!overlaps(kept, "169.254.0.16/28"));
  });
});

describe("routes", () => {
  test("of the sample: each table has routes of its own side only", () => {
    const { routes } = planConnectivity(
      settings([...sample, line("aws-use1b", "gcp-data", 443)]),
      some("aws-use1", "aws-use1b", "gcp-euw1", "gcp-data", "onprem-sel"),
    );
    const nothing = { cells: [], links: [], statics: [], blackholes: [] };
    assert.deepEqual(routes.networks, {
      "aws-use1": ["10.36.0.0/16", "10.40.0.0/16"],
      "aws-use1b": ["10.37.0.0/16"],
    });
    const toGoogle = `${use1}-to-gcp`;
    const toSeoul = `${use1}-to-onprem-sel`;
    assert.deepEqual(routes.tables, [
      {
        ...nothing,
        hub: use1,
        of: { cell: "aws-use1" },
        links: [toGoogle, toSeoul],
        blackholes: ["10.37.0.0/16"],
      },
      {
        ...nothing,
        hub: use1,
        of: { cell: "aws-use1b" },
        links: [toGoogle],
        blackholes: ["10.36.0.0/16"],
      },
      { ...nothing, hub: use1, of: { link: toGoogle }, cells: ["aws-use1", "aws-use1b"] },
      { ...nothing, hub: use1, of: { link: toSeoul }, cells: ["aws-use1"] },
    ]);
    assert.deepEqual(routes.announced, {
      [toGoogle]: {
        byHub: ["10.32.0.0/16", "10.33.0.0/16"],
        byPeer: ["10.37.0.0/16", "10.36.0.0/16"],
      },
      [toSeoul]: { byHub: ["10.32.0.0/16"], byPeer: ["10.40.0.0/16"] },
    });
    assert.deepEqual(routes.exports, {
      "gcp-data": ["10.37.0.0/16"],
      "gcp-euw1": ["10.36.0.0/16"],
    });
  });

  test("behind a peering are static on both sides", () => {
    const { routes, hubs } = planConnectivity(
      settings([line("aws-use1", "aws-euw1", 443)]),
      some("aws-use1", "aws-euw1"),
    );
    const statics = (hubs as AwsHub[]).map(({ key, cells: [cell = ""] }) => [
      cell,
      routes.tables.find((table) => table.hub === key && "cell" in table.of)?.statics,
    ]);
    const link = `${euw1}-to-${use1}`;
    assert.deepEqual(statics, [
      ["aws-euw1", [{ cidr: "10.32.0.0/16", link }]],
      ["aws-use1", [{ cidr: "10.34.0.0/16", link }]],
    ]);
  });
});

describe("what other components need", () => {
  const needs = {
    places: [
      { name: "google.hub", cidr: "10.63.255.248/29", project: "acme-prod" },
      { name: "google.queries", cidr: "35.199.192.0/19", project: "acme-prod" },
    ],
    lines: [
      { from: "aws-use1", to: "google.hub", ports: [{ protocol: "udp" as const, ports: [53] }] },
      {
        from: "google.queries",
        to: "aws-use1",
        ports: [{ protocol: "udp" as const, ports: [53] }],
      },
    ],
  };
  const lines = [line("aws-use1", "gcp-euw1", 443)];

  test("allows traffic to services in Google's hub, which announces them", () => {
    const pair = some("aws-use1", "gcp-euw1");
    const alone = planConnectivity(settings(lines), pair);
    const plan = planConnectivity(settings(lines, { googleHub: undefined }), pair, needs);
    const google = plan.hubs.find(({ cloud }) => cloud === "gcp");
    assert.deepEqual(google, {
      ...alone.hubs.find(({ cloud }) => cloud === "gcp"),
      cells: ["gcp-euw1", "google.hub", "google.queries"],
    });
    assert.deepEqual(plan.routes.announced[`${use1}-to-gcp`]?.byPeer, [
      "10.36.0.0/16",
      "10.63.255.248/29",
      "35.199.192.0/19",
    ]);
    assert.deepEqual(plan.routes.networks["aws-use1"], [
      "10.36.0.0/16",
      "10.63.255.248/29",
      "35.199.192.0/19",
    ]);
    const rules = plan.rules.filter(
      ({ cell, protocol }) => cell === "aws-use1" && protocol === "udp",
    );
    assert.deepEqual(
      rules.map(({ direction, cidr }) => [direction, cidr]),
      [
        ["egress", "10.63.255.248/29"],
        ["ingress", "35.199.192.0/19"],
      ],
    );
  });
});
