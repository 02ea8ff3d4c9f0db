// Private names and people's access in manifests. Not proven here: that names resolve and that access works.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dnsPlaces, dnsReachability } from "../../components/private-dns/reachability.ts";
import { configDirectory } from "../../footprint/files/config-files.ts";
import { loadFootprint } from "../../footprint/load.ts";
import { aws, type Edit, gcp, loaded, onprem, refusals, set } from "../support/sample.ts";

const environment = "local";
const identityCenterId = "c242c5b0-6081-4845-8fa8-6e0d9513c107";
const admins = {
  who: "platform-admins@acme.example",
  identityCenterId,
  googleId: "01d520gv4vjcrht",
  reaches: ["cluster-api", "database"],
};
const people = {
  groups: { admins },
  aws: {
    users: { type: "identity-center" },
    devices: { type: "jamf", tenantId: "acme" },
    clientDomain: "clients.acme.example",
  },
  google: { accessPolicy: "123456789012", organization: "210987654321" },
};
const connectivity = {
  reachability: [
    { from: "aws-use1", to: "gcp-euw1", ports: [{ protocol: "tcp", ports: [443] }] },
    { from: "onprem-sel", to: "aws-use1", ports: [{ protocol: "tcp", ports: [443] }] },
  ],
  gateways: { "onprem-sel": { asn: 65010, addresses: ["198.51.100.7", "198.51.100.8"] } },
};
const dns = { domain: "local.acme.internal" };
const resolvers: Edit = (manifest) => set("dns", { resolvers: ["10.40.128.10"] })(manifest);

/** Several edits of one manifest. */
const all =
  (...edits: Edit[]): Edit =>
  (manifest) => {
    for (const edit of edits) edit(manifest);
  };
const sections: Edit = (manifest) =>
  Object.assign(manifest, structuredClone({ connectivity, dns, people }));

/** The sample with all sections, and one more edit. */
const refused = (edits: Record<string, Edit>) =>
  refusals({
    ...edits,
    [environment]: all(sections, edits[environment] ?? (() => undefined)),
    [onprem]: all(resolvers, edits[onprem] ?? (() => undefined)),
  });

test("an environment with names and people's access is valid", () => {
  assert.deepEqual(refused({}), []);
});

const cases: [what: string, edits: Record<string, Edit>, expected: RegExp][] = [
  [
    "a top-level domain",
    { [environment]: set("dns.domain", "internal") },
    /^Pulumi\.local\.yaml: dns\.domain: must be a domain of two labels or more/,
  ],
  [
    "a domain of a cloud",
    { [environment]: set("dns.domain", "acme.compute.internal") },
    /^Pulumi\.local\.yaml: dns\.domain: must not be below "compute\.internal"/,
  ],
  [
    "Google's resolvers in a cell's block",
    { [environment]: set("dns.googleResolvers", "10.36.0.0/29") },
    /^Pulumi\.local\.yaml: dns\.googleResolvers: must not overlap 10\.36\.0\.0\/16 of cell "gcp-euw1"/,
  ],
  [
    "a connected site without resolvers",
    { [onprem]: set("dns", undefined) },
    /^Pulumi\.local\.onprem-sel\.yaml: dns\.resolvers: is required: addresses in .* of the site's/,
  ],
  [
    "resolvers outside the site's block",
    { [onprem]: set("dns.resolvers", ["192.168.1.1"]) },
    /^Pulumi\.local\.onprem-sel\.yaml: dns\.resolvers\[0\]: must be in the cell's CIDR block/,
  ],
  [
    "resolvers without private names",
    { [environment]: set("dns", undefined) },
    /^Pulumi\.local\.onprem-sel\.yaml: dns: must be omitted: the environment has no section dns/,
  ],
  [
    "people's access to an on-premises cell",
    { [environment]: set("people.groups.admins.cells", ["onprem-sel"]) },
    /^Pulumi\.local\.yaml: people\.groups\.admins\.cells\[0\]: must not be an on-premises cell/,
  ],
  [
    "people's access to a cell that does not exist",
    { [environment]: set("people.groups.admins.cells", ["aws-use2"]) },
    /people\.groups\.admins\.cells\[0\]: no such cell, did you mean "aws-use1"\?/,
  ],
  [
    "everybody",
    { [environment]: set("people.groups.admins.who", "*") },
    /people\.groups\.admins\.who: must be the email address of a group, such as/,
  ],
  [
    "dashboards that no cell has",
    { [environment]: set("people.groups.admins.reaches", ["dashboards"]) },
    /groups\.admins\.reaches\[0\]: must be in its cells: aws-use1, gcp-euw1 have no section people/,
  ],
  [
    "a group without its id at the identity provider",
    { [environment]: set("people.groups.admins.identityCenterId", undefined) },
    /groups\.admins\.identityCenterId: is required: IAM Identity Center identifies groups by id/,
  ],
  [
    "a secret that the stack does not have",
    {
      [environment]: set("people.aws.users", {
        type: "oidc",
        issuer: "https://id.acme.example",
        authorizationEndpoint: "https://id.acme.example/authorize",
        tokenEndpoint: "https://id.acme.example/token",
        userInfoEndpoint: "https://id.acme.example/userinfo",
        publicSigningKeyEndpoint: "https://id.acme.example/keys",
        clientId: "atoll",
        clientSecret: { configKey: "people-client" },
      }),
    },
    /^Pulumi\.local\.yaml: config: must have atoll:people-client, which people\.aws\.users\.clientSecret refers to/,
  ],
  [
    "allowed egress names: everything",
    { [aws]: set("network.egress", { allow: ["*"] }) },
    /^Pulumi\.local\.aws-use1\.yaml: network\.egress\.allow\[0\]: must not allow everything/,
  ],
  [
    "allowed egress names: a wildcard that Google does not support",
    { [gcp]: set("network", { egress: { allow: ["*.example.com"] } }) },
    /^Pulumi\.local\.gcp-euw1\.yaml: network\.egress\.allow\[0\]: is not supported on Google Cloud/,
  ],
];

describe("refused with one line", () => {
  for (const [what, edits, expected] of cases) {
    test(what, () => {
      const lines = refused(edits);
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0] ?? "", expected);
    });
  }

  test("without problems of a cell that cannot be read", () => {
    const lines = refused({
      [aws]: set("owner", "Nobody!"),
      [environment]: set("people.groups.admins.cells", ["aws-use1", "gcp-euw1"]),
    });
    assert.deepEqual(
      lines.map((line) => line.slice(0, line.indexOf(":"))),
      ["Pulumi.local.aws-use1.yaml"],
    );
  });
});

describe("planned", () => {
  const sample = loadFootprint(configDirectory(), environment);

  test("names without links need no network rules", () => {
    const { plans } = loaded({ [environment]: set("connectivity", undefined) });
    assert.ok(plans.dns);
    assert.equal(plans.connectivity, undefined);
    assert.deepEqual([dnsReachability(plans.dns.plan), dnsPlaces(plans.dns.plan)], [[], []]);
  });

  test("a cell on AWS resolves the environment's names behind its DNS firewall", () => {
    const cell = sample.cells.find(({ name }) => name === "aws-use1");
    assert.ok(cell?.specs.cloud === "aws");
    assert.deepEqual(cell.specs.network.privateDomains, [sample.environment.dns?.domain]);
  });

  test("people of the sample reach clusters and databases on two clouds", () => {
    assert.deepEqual(Object.keys(sample.plans.people?.reached ?? {}).sort(), [
      "aws-use1",
      "gcp-euw1",
    ]);
    assert.equal(loaded({ [environment]: set("people", undefined) }).plans.people, undefined);
  });
});
