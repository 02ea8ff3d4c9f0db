// Rejected settings and their messages: path, value, fix.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { connectivityProblems } from "../../../components/connectivity/problems.ts";
import {
  type ConnectivityInput,
  connectivitySettings,
} from "../../../components/connectivity/schema.ts";
import { formatProblem } from "../../../components/core/errors.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { cells, gateways, googleHub, line, sample } from "./fixture.ts";

/** All problems of an environment's `connectivity`, as the command line shows them. */
function problems(given: unknown): string[] {
  const { spec, problems: found } = checkSpec(connectivitySettings, given, "connectivity");
  const more = spec ? connectivityProblems(spec, cells, "file") : [];
  return [...found, ...more].map((problem) => formatProblem(problem).slice("  - ".length));
}

const sound = { reachability: sample, gateways, googleHub };

/** The only problem of settings that are otherwise valid. */
function problem(change: Partial<Record<keyof ConnectivityInput, unknown>>): string {
  const found = problems({ ...sound, ...change });
  assert.equal(found.length, 1, found.join("\n"));
  return found[0] ?? "";
}

test("the sample has no problem, and its defaults are filled in", () => {
  assert.deepEqual(problems(sound), []);
  const { asnBase, linkRange, logs } = connectivitySettings.parse(sound);
  assert.deepEqual([asnBase, linkRange, logs.retentionDays], [64512, "169.254.0.0/16", 365]);
});

describe("the matrix", () => {
  const refused: [string, unknown, string][] = [
    [
      "an unknown cell",
      [line("aws-use2", "gcp-euw1", 443)],
      'file: connectivity.reachability[0].from: no such cell, did you mean "aws-use1"? (got "aws-use2")',
    ],
    [
      "a cell that reaches itself",
      [line("aws-use1", "aws-use1", 443)],
      'file: connectivity.reachability[0].to: must be another cell: traffic inside a cell is controlled by its own network (got "aws-use1")',
    ],
    [
      "everybody by a star",
      [line("*", "gcp-euw1", 443)],
      'connectivity: reachability[0].from: must be the name of one cell: the matrix has no wildcards (got "*")',
    ],
    [
      "everybody by a block",
      [line("aws-use1", "0.0.0.0/0", 443)],
      'connectivity: reachability[0].to: must be the name of one cell: the matrix has no wildcards (got "0.0.0.0/0")',
    ],
    [
      "all ports",
      [line("aws-use1", "gcp-euw1", "1-65535")],
      'connectivity: reachability[0].ports[0].ports[0]: must not open more than 4096 ports: list only the ports that are used (got "1-65535")',
    ],
    [
      "all ports, in pieces",
      [
        {
          ...line("aws-use1", "gcp-euw1", 443),
          ports: [{ protocol: "tcp", ports: ["1-4000", "4001-8000"] }],
        },
      ],
      'connectivity: reachability[0].ports: must not open more than 4096 ports together: list only the ports that are used (got [{"protocol":"tcp","ports":["1-4000","4001-8000"]}])',
    ],
    [
      "ports in the wrong order",
      [line("aws-use1", "gcp-euw1", "9098-9092")],
      'connectivity: reachability[0].ports[0].ports[0]: must start with the lower port (got "9098-9092")',
    ],
    [
      "ports beyond the last",
      [line("aws-use1", "gcp-euw1", "65000-65999")],
      'connectivity: reachability[0].ports[0].ports[0]: must end at 65535 or lower (got "65000-65999")',
    ],
    [
      "no ports",
      [line("aws-use1", "gcp-euw1", "all")],
      'connectivity: reachability[0].ports[0].ports[0]: must be a port from 1 to 65535 or a range such as "9092-9098" (got "all")',
    ],
    [
      "port 0",
      [line("aws-use1", "gcp-euw1", 0)],
      'connectivity: reachability[0].ports[0].ports[0]: must be a port from 1 to 65535 or a range such as "9092-9098" (got 0)',
    ],
    [
      "two sites",
      [line("onprem-sel", "onprem-ber", 443)],
      'file: connectivity.reachability[0].to: must be a cell of a cloud: "onprem-sel" and "onprem-ber" are both on-premises, whose routers Atoll does not connect with each other (got "onprem-ber")',
    ],
    [
      "more rules than access lists take",
      [line("gcp-euw1", "aws-use1", ...Array.from({ length: 17 }, (_, n) => n * 10 + 1))],
      'file: connectivity.reachability: must need at most 20 rules in the network ACLs of "aws-use1", the quota of AWS: combine ports into ranges (got 21)',
    ],
  ];
  for (const [name, reachability, message] of refused) {
    test(`rejects ${name}`, () => assert.equal(problem({ reachability }), message));
  }
});

test("of invalid cells only the names are used", () => {
  const spec = connectivitySettings.parse({
    reachability: [line("aws-use1", "broken", 443), line("aws-use1", "borken", 443)],
  });
  const found = connectivityProblems(spec, cells, "file", { unread: ["broken"] });
  assert.deepEqual(found.map(formatProblem), [
    '  - file: connectivity.reachability[1].to: no such cell, did you mean "broken"? (got "borken")',
  ]);
});

describe("numbers", () => {
  const use1 = "aws-111122223333-us-east-1";
  test("rejects two hubs with one ASN", () => {
    assert.equal(
      problem({ asns: { [use1]: 64600, gcp: 64600 } }),
      `file: connectivity.asns.gcp: must not be the ASN of "${use1}": set another for gcp (got 64600)`,
    );
  });

  test("rejects a site with a hub's ASN", () => {
    const { "onprem-sel": site } = gateways;
    assert.equal(
      problem({ asns: { gcp: 64600 }, gateways: { "onprem-sel": { ...site, asn: 64600 } } }),
      'file: connectivity.gateways.onprem-sel.asn: must not be the ASN of "gcp" (got 64600)',
    );
  });

  test("rejects a public ASN", () => {
    assert.equal(
      problem({ asns: { gcp: 15169 } }),
      "connectivity: asns.gcp: must be a private ASN: 64512 to 65534, or 4200000000 to 4294967294 (got 15169)",
    );
  });

  test("rejects the ASN of a hub that does not exist", () => {
    assert.match(problem({ asns: { gpc: 64600 } }), /asns\.gpc: no such hub, did you mean "gcp"\?/);
  });

  test("rejects blocks of tunnels that overlap, are reserved, or lie outside", () => {
    const [google, seoul] = [`${use1}-to-gcp`, `${use1}-to-onprem-sel`];
    const block = "169.254.100.0/28";
    assert.equal(
      problem({ tunnels: { [google]: block, [seoul]: block } }),
      `file: connectivity.tunnels.${seoul}: must not overlap ${block} of ${google}: set a block for ${seoul}; 169.254.0.16/28 is free (got "${block}")`,
    );
    assert.equal(
      problem({ tunnels: { [google]: "169.254.5.0/28" } }),
      `file: connectivity.tunnels.${google}: must not overlap a block that AWS reserves; 169.254.0.16/28 is free (got "169.254.5.0/28")`,
    );
    assert.equal(
      problem({ linkRange: "169.254.64.0/18", tunnels: { [google]: "169.254.8.0/28" } }),
      `file: connectivity.tunnels.${google}: must be inside linkRange 169.254.64.0/18; 169.254.64.0/28 is free (got "169.254.8.0/28")`,
    );
    assert.equal(
      problem({ tunnels: { [google]: "10.0.0.0/28" } }),
      `connectivity: tunnels.${google}: must be a /28 inside 169.254.0.0/16 (got "10.0.0.0/28")`,
    );
    assert.match(problem({ tunnels: { "gcp-to-moon": block } }), /no such VPN link/);
  });

  test("rejects a range without space", () => {
    assert.match(
      problem({ linkRange: "169.254.0.0/28", reachability: [line("aws-use1", "gcp-euw1", 1)] }),
      /must not overlap a block that AWS reserves; 169\.254\.0\.0\/28 has none left/,
    );
    assert.match(problem({ linkRange: "10.0.0.0/16" }), /must be inside 169\.254\.0\.0\/16/);
  });
});

describe("places", () => {
  test("rejects a site without gateways", () => {
    assert.equal(
      problem({ gateways: {} }),
      'file: connectivity.gateways.onprem-sel: is required: the matrix names "onprem-sel", so set its routers\' public addresses and ASN',
    );
  });

  test("rejects gateways of a cell that is not a site", () => {
    assert.match(
      problem({ gateways: { ...gateways, "aws-use1": gateways["onprem-ber"] } }),
      /gateways\.aws-use1: must be an on-premises cell: "aws-use1" is on aws/,
    );
  });

  test("rejects duplicate routers, and reserved ASNs", () => {
    const { "onprem-sel": site } = gateways;
    assert.match(
      problem({
        gateways: { "onprem-sel": { ...site, addresses: ["198.51.100.7", "198.51.100.7"] } },
      }),
      /gateways\.onprem-sel\.addresses: must name each router once/,
    );
    for (const asn of [23456, 64500, 65535]) {
      assert.match(
        problem({ gateways: { "onprem-sel": { ...site, asn } } }),
        /gateways\.onprem-sel\.asn: must not be a reserved ASN/,
      );
    }
  });

  test("refuses routers without public addresses", () => {
    const { "onprem-sel": site } = gateways;
    for (const address of ["10.1.2.3", "0.0.0.0", "127.0.0.1", "224.0.0.5", "255.255.255.255"]) {
      assert.match(
        problem({ gateways: { "onprem-sel": { ...site, addresses: [address] } } }),
        /gateways\.onprem-sel\.addresses\[0\]: must be a public IPv4 address such as/,
      );
    }
  });

  test("rejects a site that is tunnelled to Google without a key", () => {
    const { presharedKey: _, ...site } = gateways["onprem-sel"];
    assert.equal(
      problem({
        reachability: [line("onprem-sel", "gcp-euw1", 443)],
        gateways: { "onprem-sel": site },
      }),
      'file: connectivity.gateways.onprem-sel.presharedKey: is required: tunnels from "onprem-sel" to Google need a key, for example {configKey: onprem-sel-vpn-key}',
    );
  });

  test("refuses Google cells in several places when it is not said where their hub stands", () => {
    assert.equal(
      problem({
        reachability: [line("gcp-euw1", "gcp-data", 443)],
        googleHub: undefined,
        gateways: {},
      }),
      "file: connectivity.googleHub: is required: Google cells are in acme-prod europe-west1 and acme-data europe-west1, so set the project and region of their hub",
    );
  });
});
