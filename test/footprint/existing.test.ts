// What a manifest may say of things that exist already. That they are as they have to be is looked up later; the components test it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { parse, stringify } from "yaml";
import { failoverCell } from "../../operations/failover/cells.ts";
import {
  aws,
  gcp,
  loaded,
  type Manifest,
  onprem,
  refusals,
  refusesEach,
  set,
} from "../support/sample.ts";

const id = (prefix: string, n: number) => `${prefix}-0${n.toString(16).padStart(16, "0")}`;
const subnets = Object.fromEntries(
  ["us-east-1a", "us-east-1b", "us-east-1c"].map((zone, place) => [
    zone,
    { private: id("subnet", place) },
  ]),
);
const vpc = { existing: { vpcId: id("vpc", 1), endpointSecurityGroupId: id("sg", 1), subnets } };
const network = {
  existing: { network: "prod", subnetwork: "nodes", podRange: "pods", serviceRange: "services" },
};
const withoutNames = (manifest: Record<string, unknown>) => {
  delete manifest.dns;
};

describe("an existing network", () => {
  test("is taken on AWS and on Google Cloud", () => {
    const edits = {
      local: withoutNames,
      [onprem]: withoutNames,
      [aws]: set("network", vpc),
      [gcp]: set("network", network),
    };
    assert.deepEqual(refusals(edits), []);
  });

  refusesEach([
    [
      "settings beside it, all at once",
      {
        local: withoutNames,
        [onprem]: withoutNames,
        [aws]: set("network", { ...vpc, natGateways: "single", egress: {} }),
        [gcp]: set("network", { ...network, flowLogs: { sampling: 0.5 } }),
      },
      [
        /aws-use1\.yaml: network\.natGateways: must not be set beside "existing"/,
        /aws-use1\.yaml: network\.egress: must not be set beside "existing"/,
        /gcp-euw1\.yaml: network\.flowLogs: must not be set beside "existing"/,
      ],
    ],
    [
      "an outbox whose connector would reach no service of AWS",
      {
        local: withoutNames,
        [onprem]: withoutNames,
        [aws]: set("network", { existing: { vpcId: id("vpc", 1), subnets } }),
      },
      [/aws-use1\.yaml: network\.existing\.endpointSecurityGroupId: is required: the outbox/],
    ],
    [
      "private names in subnets that Atoll did not create",
      { [aws]: set("network", vpc) },
      [/aws-use1\.yaml: network\.existing: is not supported for a cell that the .* \(dns\)/],
    ],
  ]);
});

describe("an existing cluster", () => {
  const without = { local: withoutNames, [onprem]: withoutNames };
  const on =
    (network: object, cluster: object, more: object = {}) =>
    (manifest: Manifest) =>
      Object.assign(manifest, { network, cluster }, more);
  const eks = { version: "1.35", existing: { name: "shop" } };

  test("is accepted on AWS and on Google Cloud, with its own name in failover plans", () => {
    const edits = {
      ...without,
      [aws]: on(vpc, eks),
      [gcp]: on(network, { ...eks, existing: { name: "shop", location: "europe-west1-b" } }),
    };
    assert.deepEqual(refusals(edits), []);
    const { cells, registry } = loaded(edits);
    assert.deepEqual(
      cells
        .filter(({ cloud }) => cloud !== "onprem")
        .map((cell) => failoverCell(cell, registry))
        .map(({ clusterName, clusterLocation }) => [clusterName, clusterLocation]),
      [
        ["shop", undefined],
        ["shop", "europe-west1-b"],
      ],
    );
  });

  test("needs no access entry for the role of the environment's credentials", () => {
    const roleArn = "arn:aws:iam::111122223333:role/deploy";
    const credentials = { accounts: { "111122223333": { assumeRole: { roleArn } } } };
    const local = (manifest: Manifest) => {
      withoutNames(manifest);
      Object.assign(manifest, { credentials });
    };
    assert.deepEqual(refusals({ ...without, local, [aws]: on(vpc, eks) }), []);
  });

  test("is refused in two cells", () => {
    const file = parse(readFileSync(path.resolve(`stacks/config/Pulumi.${aws}.yaml`), "utf8"));
    const manifest = file.config["atoll:manifest"];
    const other = on(vpc, eks, { cidr: "10.44.0.0/16", zones: undefined })(manifest);
    file.config["atoll:manifest"] = other;
    const lines = refusals({ ...without, [aws]: on(vpc, eks), "local.aws-two": stringify(file) });
    assert.match(
      lines.join("\n"),
      /aws-use1\.yaml: cluster\.existing\.name: .* aws-two also refers/,
    );
    assert.match(
      lines.join("\n"),
      /aws-two\.yaml: cluster\.existing\.name: .* aws-use1 also refers/,
    );
  });

  refusesEach([
    [
      "settings beside it, all at once",
      {
        ...without,
        [aws]: on(vpc, { ...eks, addons: {}, endpointPublicAccess: true }),
        [gcp]: on(network, { ...eks, releaseChannel: "RAPID", securityGroup: "x" }),
      },
      [
        /aws-use1\.yaml: cluster\.endpointPublicAccess: must not be set beside "existing"/,
        /aws-use1\.yaml: cluster\.addons: must not be set beside "existing"/,
        /gcp-euw1\.yaml: cluster\.releaseChannel: must not be set beside "existing"/,
        /gcp-euw1\.yaml: cluster\.securityGroup: must not be set beside "existing"/,
      ],
    ],
    [
      "a network that Atoll creates",
      { [aws]: on({}, eks), [gcp]: on({}, eks) },
      [
        /aws-use1\.yaml: cluster\.existing: is supported only with network\.existing/,
        /gcp-euw1\.yaml: cluster\.existing: is supported only with network\.existing/,
      ],
    ],
    [
      "a location elsewhere, and an invalid name",
      {
        ...without,
        [aws]: on(vpc, { ...eks, existing: { name: "-shop" } }),
        [gcp]: on(network, { ...eks, existing: { name: "shop", location: "europe-west4" } }),
      },
      [
        /aws-use1\.yaml: cluster\.existing\.name: must be the name of an EKS cluster/,
        /gcp-euw1\.yaml: cluster\.existing\.location: must be europe-west1/,
      ],
    ],
  ]);
});

describe("existing keys", () => {
  const arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const keyName = "projects/acme-keys/locations/europe-west1/keyRings/prod/cryptoKeys/data";

  test("are taken by purpose", () => {
    const existing = {
      accounts: { "111122223333": { "us-east-1": { objects: arn, logs: arn } } },
      projects: { "atoll-local": { "europe-west1": { audit: keyName } } },
    };
    assert.deepEqual(refusals({ local: set("keys", { existing }) }), []);
  });

  const accounts = (value: unknown) => ({ local: set("keys", { existing: { accounts: value } }) });
  refusesEach([
    [
      "an account that no cell is in",
      accounts({ "444455556666": {} }),
      [/keys\.existing\.accounts\.444455556666: no cell of the environment is in this account/],
    ],
    [
      "a region that no cell of the account is in",
      accounts({ "111122223333": { "us-west-2": {} } }),
      [/accounts\.111122223333\.us-west-2: no cell of the environment is in this region/],
    ],
    [
      "a key of another region",
      accounts({
        "111122223333": { "us-east-1": { logs: arn.replace("us-east-1", "us-west-2") } },
      }),
      [/us-east-1\.logs: must be a key of 111122223333 in us-east-1/],
    ],
    [
      "a purpose that keys do not have",
      accounts({ "111122223333": { "us-east-1": { object: arn } } }),
      [/us-east-1/],
    ],
  ]);
});
