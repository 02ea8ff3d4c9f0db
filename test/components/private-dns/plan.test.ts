// The plan as data. The behaviour of the clouds' resolvers is not proven here.
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
import { aws, cells, domain, gcp, mesh, neighboursOf, site, supernet } from "./fixture.ts";

const plan = (some: readonly DnsCell[] = cells, links: readonly Link[] = mesh(some)) =>
  planDns({ domain }, supernet, some, links);

describe("addresses", () => {
  test("resolver endpoints are in the reserved end of a private subnet, for any size of a cell", () => {
    const block = fc
      .tuple(fc.integer({ min: 16, max: 21 }), fc.integer({ min: 0, max: 31 }))
      .map(([prefix, n]) => `${addressAt("10.0.0.0/8", n * 2 ** (32 - prefix))}/${prefix}`);
    fc.assert(
      fc.property(block, (cidr) => {
        for (const subnets of planAws({
          cidr,
          region: "us-east-1",
          zones: ["a", "b", "c", "d"].map((letter) => `us-east-1${letter}`),
        }).zones) {
          const { reserved, inbound, outbound } = zoneResolvers(subnets.zone, subnets.private);
          assert.ok(contains(subnets.private, reserved));
          assert.ok(contains(reserved, `${inbound}/32`) && contains(reserved, `${outbound}/32`));
          // AWS reserves a subnet's first four addresses and its last.
          const kept = [0, 1, 2, 3, -1].map((n) => addressAt(subnets.private, n));
          assert.ok(inbound !== outbound && ![inbound, outbound].some((it) => kept.includes(it)));
        }
      }),
    );
  });

  test("Cloud DNS has one free address in its block", () => {
    const { kept, entry } = hubAddresses("10.63.255.248/29");
    // Google Cloud reserves the first two and the last two of a subnetwork.
    const ours = ["10.63.255.250", "10.63.255.251", "10.63.255.252", "10.63.255.253"];
    assert.deepEqual([...kept, entry], ours);
  });
});

describe("a footprint of three clouds", () => {
  const planned = plan();

  test("each forwards to each other, at addresses that are known in advance", () => {
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

  test("Cloud DNS queries come from its own range, which others must allow and route back", () => {
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

  test("without links each cell resolves only its own names, and needs no traffic", () => {
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

  test("share a profile and the endpoints of the first cell", () => {
    const { "aws-use1": first, "aws-use1-b": other } = planned.cells;
    assert.ok(first?.cloud === "aws" && other?.cloud === "aws");
    assert.deepEqual(planned.profiles, { "111122223333/us-east-1": ["aws-use1", "aws-use1-b"] });
    assert.ok(first.profile && first.resolvers && other.profile && !other.resolvers);
    // Its own VPC resolves both zones through the profile: nothing is forwarded within the group.
    assert.deepEqual(Object.keys(first.resolvers.forwards), ["gcp-euw1"]);
    const asked = planned.hub?.forwards;
    assert.deepEqual(asked?.["aws-use1-b"]?.targets, asked?.["aws-use1"]?.targets);
  });

  test("need no endpoints between them", () => {
    const among = plan([aws, second]);
    assert.ok(among.cells["aws-use1"]?.cloud === "aws" && !among.cells["aws-use1"].resolvers);
    assert.deepEqual(dnsReachability(among), []);
  });
});

describe("the traffic between cells", () => {
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

  test("allows exactly the planned queries, to the planned addresses", () => {
    fc.assert(
      fc.property(footprint, ({ some, links }) => {
        const planned = plan(some, links);
        const places = new Map([...some, ...dnsPlaces(planned)].map((at) => [at.name, at.cidr]));
        const asked = planned.resolvers.flatMap(({ name, asksFrom }) =>
          Object.values(neighboursOf(planned, name)?.forwards ?? {}).flatMap(({ targets }) =>
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

  test("a cell's names resolve in linked cells, and through a shared resolver", () => {
    fc.assert(
      fc.property(footprint, ({ some, links }) => {
        const planned = plan(some, links);
        for (const { name, serves } of planned.resolvers) {
          const known = Object.keys(neighboursOf(planned, name)?.forwards ?? {});
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

  test("a hub block that is not a /29, is outside the supernet, or overlaps a cell", () => {
    const [size] = problems({ googleResolvers: "10.60.0.0/28" }).environment;
    assert.match(size?.message ?? "", /^must be a \/29/);
    const [outside] = problems({ googleResolvers: "10.0.0.0/29" }).environment;
    assert.equal(outside?.message, "must be in the environment's supernet 10.32.0.0/11");
    const [over] = problems({ googleResolvers: "10.36.0.8/29" }).environment;
    assert.equal(over?.message, 'must not overlap 10.36.0.0/16 of cell "gcp-euw1"');
    assert.deepEqual(problems({ googleResolvers: "10.60.0.0/29" }).environment, []);
  });

  test("a default that overlaps a cell, with the cure", () => {
    const last = { ...aws, cidr: "10.63.0.0/16" } as DnsCell;
    const [problem] = problems({}, [last, gcp]).environment;
    assert.match(problem?.message ?? "", /^is required: its default 10\.63\.255\.248\/29 overlaps/);
  });

  test("resolvers of a site that are missing, duplicate, or not reachable", () => {
    const of = (resolvers: string[]) =>
      problems({}, [aws, { ...site, resolvers } as DnsCell]).cells["onprem-sel"];
    assert.match(
      of([])?.[0]?.message ?? "",
      /^is required: addresses in .* of the site's resolvers/,
    );
    assert.equal(of(["10.40.0.1", "10.40.0.1"])?.[0]?.message, "must not be listed twice");
    assert.deepEqual(of(["192.168.0.1"]), [
      {
        path: "resolvers[0]",
        message: "must be in the cell's CIDR block 10.40.0.0/16, which other cells can reach",
        got: "192.168.0.1",
      },
    ]);
  });
});
