// Problems between an environment's connectivity and its cells, with their files. test/components/connectivity covers the section
// itself.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { provenReachability } from "../../../components/connectivity/proof.ts";
import { configDirectory } from "../../../footprint/files/config-files.ts";
import { loadFootprint } from "../../../footprint/load.ts";
import { type Edit, gcp, onprem, refusals, set } from "../../support/sample.ts";

const reach = (from: string, to: string, ...ports: unknown[]) => [
  { from, to, ports: [{ protocol: "tcp", ports }] },
];
const matrix = (lines: unknown): Edit => set("connectivity.reachability", lines);
const use1 = "aws-111122223333-us-east-1";

const cases: [what: string, edits: Record<string, Edit>, expected: string][] = [
  [
    "a rule for a cell that does not exist",
    { local: matrix(reach("aws-use1", "gcp-euw2", 443)) },
    'Pulumi.local.yaml: connectivity.reachability[0].to: no such cell, did you mean "gcp-euw1"? (got "gcp-euw2")',
  ],
  [
    "a rule that opens a port to the internet",
    { local: matrix(reach("0.0.0.0/0", "gcp-euw1", 443)) },
    'Pulumi.local.yaml: connectivity.reachability[0].from: must be the name of one cell: the matrix has no wildcards (got "0.0.0.0/0")',
  ],
  [
    "a rule that opens all ports",
    { local: matrix(reach("aws-use1", "gcp-euw1", "1-65535")) },
    'Pulumi.local.yaml: connectivity.reachability[0].ports[0].ports[0]: must not open more than 4096 ports: list only the ports that are used (got "1-65535")',
  ],
  [
    "two hubs with one ASN",
    { local: set("connectivity.asns", { [use1]: 64700, gcp: 64700 }) },
    `Pulumi.local.yaml: connectivity.asns.gcp: must not be the ASN of "${use1}": set another for gcp (got 64700)`,
  ],
  [
    "overlapping tunnels",
    {
      local: set("connectivity.tunnels", {
        [`${use1}-to-gcp`]: "169.254.9.0/28",
        [`${use1}-to-onprem-sel`]: "169.254.9.0/28",
      }),
    },
    `Pulumi.local.yaml: connectivity.tunnels.${use1}-to-onprem-sel: must not overlap 169.254.9.0/28 of ${use1}-to-gcp: set a block for ${use1}-to-onprem-sel; 169.254.0.16/28 is free (got "169.254.9.0/28")`,
  ],
  [
    "a site without routers",
    { local: set("connectivity.gateways", {}) },
    'Pulumi.local.yaml: connectivity.gateways.onprem-sel: is required: the matrix names "onprem-sel", so set its routers\' public addresses and ASN',
  ],
  [
    "a key that the stack does not have",
    {
      local: (manifest) => {
        matrix(reach("onprem-sel", "gcp-euw1", 443))(manifest);
        set("connectivity.gateways.onprem-sel.presharedKey", { configKey: "seoul-vpn" })(manifest);
      },
    },
    "Pulumi.local.yaml: config: must have atoll:seoul-vpn, which connectivity.gateways.onprem-sel.presharedKey refers to: set it with `pulumi config set --secret atoll:seoul-vpn`",
  ],
  [
    "a field that the section does not have",
    { local: set("connectivity.linkRanges", "169.254.0.0/16") },
    'Pulumi.local.yaml: connectivity.linkRanges: unknown field, did you mean "linkRange"?',
  ],
];

describe("refused", () => {
  for (const [what, edits, expected] of cases) {
    test(what, () => assert.deepEqual(refusals(edits), [expected]));
  }

  test("together with other problems, and without problems of cells that cannot be read", () => {
    const lines = refusals({
      local: matrix([...reach("aws-use1", "gcp-euw1", 443), ...reach("aws-use1", "gcp-euw2", 443)]),
      [gcp]: set("cidr", "10.36.0.0"),
      [onprem]: set("identity", undefined),
    });
    assert.equal(lines.length, 2, lines.join("\n"));
    assert.match(lines.join("\n"), /reachability\[1\]\.to: no such cell, did you mean "gcp-euw1"/);
    assert.match(lines.join("\n"), /gcp-euw1\.yaml: cidr: /);
  });
});

test("the sample's matrix is planned, and its reachability proven", () => {
  const { connectivity } = loadFootprint(configDirectory(), "local").plans;
  assert.ok(connectivity);
  const paths = provenReachability(connectivity.plan).map(({ from, to }) => `${from} > ${to}`);
  for (const way of ["aws-use1 > gcp-euw1", "gcp-euw1 > aws-use1", "onprem-sel > aws-use1"]) {
    assert.ok(paths.includes(way), way);
  }
});
