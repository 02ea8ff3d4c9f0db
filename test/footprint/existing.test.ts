// What a manifest may say of things that exist already. That they are as they have to be is looked up later; the components test it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aws, gcp, onprem, refusals, refusesEach, set } from "../support/sample.ts";

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
