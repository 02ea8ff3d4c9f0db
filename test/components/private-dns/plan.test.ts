// The plan as data. That resolvers of the clouds follow it is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { addressAt, contains } from "../../../components/core/cidr.ts";
import { planAws } from "../../../components/network/plan.ts";
import { hubAddresses, zoneResolvers } from "../../../components/private-dns/addresses.ts";
import { type Link, planDns } from "../../../components/private-dns/plan.ts";
import { dnsProblems } from "../../../components/private-dns/problems.ts";
import { dnsPlaces, dnsReachability } from "../../../components/private-dns/reachability.ts";
import type { DnsCell } from "../../../components/private-dns/resolvers.ts";
import { aws, cells, domain, gcp, mesh, site, supernet, told } from "./fixture.ts";

const plan = (some: readonly DnsCell[] = cells, links: readonly Link[] = mesh(some)) =>
  planDns({ domain }, supernet, some, links);

describe("addresses", () => {
  test("resolver endpoints stand in the reserved end of a private subnet, of any size that a cell can have", () => {
    const block = fc
      .tuple(fc.integer({ min: 16, max: 21 }), fc.integer({ min: 0, max: 31 }))
      .map(([prefix, n]) => `${addressAt("10.0.0.0/8", n * 2 ** (32 - prefix))}/${prefix}`);
    fc.assert(
      fc.property(block, (cidr) => {
        for (const subnets of planAws({ cidr, zones: ["a", "b", "c", "d"] }).zones) {
          const { reserved, inbound, outbound } = zoneResolvers(subnets.zone, subnets.private);
          assert.ok(contains(subnets.private, reserved));
          assert.ok(contains(reserved, `${inbound}/32`) && contains(reserved, `${outbound}/32`));
          // AWS keeps a subnet's first four addresses and its last.
          const kept = [0, 1, 2, 3, -1].map((n) => addressAt(subnets.private, n));
          assert.ok(inbound !== outbound && ![inbound, outbound].some((it) => kept.includes(it)));
        }
      }),
    );
  });

  test("Google is left with one address of its block", () => {
    const { kept, entry } = hubAddresses("10.63.255.248/29");
    // Google keeps the first two and the last two of a subnetwork.
    const ours = ["10.63.255.250", "10.63.255.251", "10.63.255.252", "10.63.255.253"];
    assert.deepEqual([...kept, entry], ours);
  });
});

describe("a footprint of three clouds", () => {
  const planned = plan();

  test("each asks each other for its zone, at addresses that are known beforehand", () => {
    const { hub, cells: planOf } = planned;
    const inbound = ["10.32.31.244", "10.32.95.244"];
    const zone = (cell: string) => `${cell}.${domain}`;
    const forAws = { zone: zone("aws-use1"), targets: inbound };
    const forGoogle = { zone: zone("gcp-euw1"), targets: ["10.63.255.253"] };
    const forSite = { zone: zone("onprem-sel"), targets: ["10.40.0.10", "10.40.0.11"] };
    const { "aws-use1": onAws, "onprem-sel": onSite, "gcp-euw1": onGoogle } = planOf;
    assert.ok(onAws?.cloud === "aws" && onSite?.cloud === "onprem");
    assert.deepEqual(onAws.resolvers?.forwards, { "gcp-euw1": forGoogle, "onprem-sel": forSite });
    assert.deepEqual(onSite.forwards, { "aws-use1": forAws, "gcp-euw1": forGoogle });
    assert.deepEqual(hub?.forwards, { "aws-use1": forAws, "onprem-sel": forSite });
    assert.deepEqual(onGoogle, { cloud: "gcp", zone: zone("gcp-euw1"), hub: true });
    assert.deepEqual(planned.profiles, {});
  });

  test("Google asks from its own range, which others have to admit and to route back", () => {
    const onAws = planned.cells["aws-use1"];
    assert.ok(onAws?.cloud === "aws");
    assert.deepEqual(onAws.resolvers?.admits, {
      "google.hub": ["35.199.192.0/19"],
      "onprem-sel": ["10.40.0.0/16"],
    });
    assert.deepEqual(planned.hub?.ranges, ["10.63.255.248/29", "35.199.192.0/19"]);
  });

  test("the order of the cells does not matter", () => {
    assert.deepEqual(plan([site, gcp, aws]), planned);
  });

  test("without links each cell knows its own names alone, and nothing has to pass", () => {
    const alone = plan(cells, []);
    assert.deepEqual(
      Object.values(alone.cells).map((cell) => cell.zone),
      ["aws-use1", "gcp-euw1", "onprem-sel"].map((cell) => `${cell}.${domain}`),
    );
    assert.equal(alone.hub, undefined);
    assert.ok(alone.cells["aws-use1"]?.cloud === "aws" && !alone.cells["aws-use1"].resolvers);
    assert.deepEqual(dnsReachability(alone), []);
  });
});

describe("cells of one account and region", () => {
  const second: DnsCell = { ...aws, name: "aws-use1-b", cidr: "10.33.0.0/16" } as DnsCell;
  const planned = plan([second, aws, gcp]);

  test("share a profile and the endpoints of the first", () => {
    const { "aws-use1": first, "aws-use1-b": other } = planned.cells;
    assert.ok(first?.cloud === "aws" && other?.cloud === "aws");
    assert.deepEqual(planned.profiles, { "111122223333/us-east-1": ["aws-use1", "aws-use1-b"] });
    assert.ok(first.profile && first.resolvers && other.profile && !other.resolvers);
    // Its own VPC knows both zones by the profile: none is forwarded within the group.
    assert.deepEqual(Object.keys(first.resolvers.forwards), ["gcp-euw1"]);
    const asked = planned.hub?.forwards;
    assert.deepEqual(asked?.["aws-use1-b"]?.targets, asked?.["aws-use1"]?.targets);
  });

  test("need no endpoints among themselves", () => {
    const among = plan([aws, second]);
    assert.ok(among.cells["aws-use1"]?.cloud === "aws" && !among.cells["aws-use1"].resolvers);
    assert.deepEqual(dnsReachability(among), []);
  });
});

describe("what has to pass between cells", () => {
  const someCells = fc
    .uniqueArray(fc.tuple(fc.constantFrom(aws, gcp, site), fc.integer({ min: 0, max: 30 })), {
      selector: ([, n]) => n,
      maxLength: 8,
    })
    .map((picked) =>
      picked.map(([kind, n]): DnsCell => {
        const named = { ...kind, name: `c${n}`, cidr: `10.${32 + n}.0.0/16` };
        return named.cloud === "onprem" ? { ...named, resolvers: [`10.${32 + n}.0.9`] } : named;
      }),
    );

  const footprint = someCells.chain((some) =>
    fc.record({ some: fc.constant(some), links: fc.subarray(mesh(some)) }),
  );

  test("is that whoever is told to ask another may, at the addresses it is told, and nobody else", () => {
    fc.assert(
      fc.property(footprint, ({ some, links }) => {
        const planned = plan(some, links);
        const places = new Map([...some, ...dnsPlaces(planned)].map((at) => [at.name, at.cidr]));
        const asked = planned.resolvers.flatMap(({ name, asksFrom }) =>
          Object.values(told(planned, name)?.forwards ?? {}).flatMap(({ targets }) =>
            targets.map((target) => ({ target: `${target}/32`, asksFrom })),
          ),
        );
        const lines = dnsReachability(planned);
        const block = (name: string) => places.get(name) ?? assert.fail(`no place ${name}`);
        const passes = (
          { target, asksFrom }: (typeof asked)[number],
          line: (typeof lines)[number],
        ) =>
          contains(block(line.to), target) &&
          asksFrom.every((it) => contains(block(line.from), it));
        for (const query of asked)
          assert.equal(lines.filter((line) => passes(query, line)).length, 1);
        for (const line of lines) {
          assert.ok(asked.some((query) => passes(query, line)));
          assert.deepEqual(line.ports, [
            { protocol: "udp", ports: [53] },
            { protocol: "tcp", ports: [53] },
          ]);
        }
      }),
    );
  });

  test("a cell's names are known to the cells that the matrix joins it with, and over a resolver it shares", () => {
    fc.assert(
      fc.property(footprint, ({ some, links }) => {
        const planned = plan(some, links);
        for (const { name, serves } of planned.resolvers) {
          const known = Object.keys(told(planned, name)?.forwards ?? {});
          const joined = links.flatMap(([a, b]) =>
            serves.includes(a) ? [b] : serves.includes(b) ? [a] : [],
          );
          const others = joined.filter((cell) => !serves.includes(cell));
          assert.deepEqual(new Set(known), new Set(others));
        }
      }),
    );
  });
});

describe("refused", () => {
  const problems = (settings: { googleResolvers?: string }, some: readonly DnsCell[] = cells) =>
    dnsProblems({ googleResolvers: undefined, ...settings } as never, supernet, some, mesh(some));

  test("a block of Google's that is no /29, outside the supernet, or of a cell", () => {
    const [size] = problems({ googleResolvers: "10.60.0.0/28" }).environment;
    assert.match(size?.message ?? "", /^must be a \/29/);
    const [outside] = problems({ googleResolvers: "10.0.0.0/29" }).environment;
    assert.equal(outside?.message, "must lie in the environment's supernet 10.32.0.0/11");
    const [over] = problems({ googleResolvers: "10.36.0.8/29" }).environment;
    assert.equal(over?.message, 'must not overlap 10.36.0.0/16 of cell "gcp-euw1"');
    assert.deepEqual(problems({ googleResolvers: "10.60.0.0/29" }).environment, []);
  });

  test("a default that lies in a cell, with what to write", () => {
    const last = { ...aws, cidr: "10.63.0.0/16" } as DnsCell;
    const [problem] = problems({}, [last, gcp]).environment;
    assert.match(problem?.message ?? "", /^is required: its default 10\.63\.255\.248\/29 lies in/);
  });

  test("resolvers of a site that are missing, twice, or where nobody has a route to", () => {
    const of = (resolvers: string[]) =>
      problems({}, [aws, { ...site, resolvers } as DnsCell]).cells["onprem-sel"];
    assert.match(of([])?.[0]?.message ?? "", /^is required: addresses of the site's own resolvers/);
    assert.equal(of(["10.40.0.1", "10.40.0.1"])?.[0]?.message, "must not be listed twice");
    assert.deepEqual(of(["192.168.0.1"]), [
      {
        path: "resolvers[0]",
        message: "must lie in the cell's block 10.40.0.0/16: others ask it there",
        got: "192.168.0.1",
      },
    ]);
  });
});
