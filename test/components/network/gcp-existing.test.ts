// What is asked of Google Cloud, and what is made of the answers. That it answers in this form is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { GcpExistingNetwork } from "../../../components/network/gcp-existing.ts";
import { gcpNetworkProblems } from "../../../components/network/gcp-existing-checks.ts";
import { lookUpGcpNetwork } from "../../../components/network/gcp-existing-lookup.ts";
import { networkSection } from "../../../components/network/schema.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import { input, networkId, spec, subnetworkId, suitableFacts } from "./gcp-existing-fixture.ts";

test("a manifest with settings of a network that Atoll creates is refused, all at once", () => {
  const { problems } = checkSpec(
    networkSection.gcp,
    {
      ...input,
      nat: {},
      flowLogs: { sampling: 0.5 },
      existing: { ...input.existing, serviceRange: "pods", network: "Prod" },
    },
    "n",
  );
  assert.deepEqual(problems.map(({ path }) => path).sort(), [
    "n: existing.network",
    "n: existing.serviceRange",
    "n: flowLogs",
    "n: nat",
  ]);
});

describe("each check", () => {
  const { facts } = suitableFacts.subnetwork;
  const problems = (change: object) =>
    gcpNetworkProblems(spec, {
      ...suitableFacts,
      subnetwork: { facts: { ...facts, ...change } },
    }).map(({ path, message, got }) => `${path}: ${message} (got ${JSON.stringify(got)})`);

  test("is passed by a network that has what a cell needs", () => {
    assert.deepEqual(problems({}), []);
  });

  const cases: [string, object, RegExp][] = [
    [
      "a subnetwork of another network",
      { network: `${suitableFacts.network.facts.selfLink}-2` },
      /^existing\.subnetwork: must be a subnetwork of prod \(got ".*prod-2"\)/,
    ],
    [
      "nodes outside the cell's block",
      { cidr: "10.37.0.0/20" },
      /^existing\.subnetwork: must be in the cell's block 10\.36\.0\.0\/16 \(got "10\.37/,
    ],
    ["too few nodes", { cidr: "10.36.128.0/25" }, /^existing\.subnetwork: must be at least a \/24/],
    [
      "no Private Google Access",
      { privateGoogleAccess: false },
      /^existing\.subnetwork: must have Private Google Access enabled.*\(got false\)/,
    ],
    [
      "no range for pods",
      { ranges: { services: "192.168.0.0/20" } },
      /^existing\.podRange: must be a secondary range of nodes: it has services \(got "pods"\)/,
    ],
    [
      "pods outside the cell's block",
      { ranges: { ...facts.ranges, pods: "10.64.0.0/17" } },
      /^existing\.podRange: must be in the cell's block/,
    ],
    [
      "too few pods",
      { ranges: { ...facts.ranges, pods: "10.36.0.0/22" } },
      /^existing\.podRange: must be at least a \/21 for pods \(got "10\.36\.0\.0\/22"\)/,
    ],
    [
      "too few services",
      { ranges: { ...facts.ranges, services: "192.168.0.0/25" } },
      /^existing\.serviceRange: must be at least a \/24/,
    ],
  ];
  for (const [what, change, message] of cases) {
    test(`refuses ${what}, in one line`, () => {
      const [first, ...others] = problems(change);
      assert.match(first ?? "", message);
      assert.deepEqual(others, []);
    });
  }

  test("says of a network that is not found what the cloud said", () => {
    const [problem] = gcpNetworkProblems(spec, { ...suitableFacts, network: { failure: "no" } });
    assert.deepEqual(problem, {
      path: "existing.network",
      message: "must name a VPC network that can be looked up: no",
    });
  });
});

test("the component registers nothing but itself and hands out what was found", async () => {
  const { network, subnetwork } = suitableFacts;
  const resources = await inventory(
    async () =>
      new GcpExistingNetwork("network", {
        spec: input,
        facts: await lookUpGcpNetwork(spec, {}),
        ownership,
      }),
    {
      invoke: (token) => {
        switch (token) {
          case "gcp:compute/getNetwork:getNetwork":
            return { ...network.facts };
          case "gcp:compute/getSubnetwork:getSubnetwork":
            return {
              ...subnetwork.facts,
              ipCidrRange: subnetwork.facts.cidr,
              privateIpGoogleAccess: true,
              secondaryIpRanges: Object.entries(subnetwork.facts.ranges).map(
                ([rangeName, ipCidrRange]) => ({ rangeName, ipCidrRange }),
              ),
            };
          default:
            return undefined;
        }
      },
    },
  );
  assert.deepEqual(counts(resources), { "atoll:network:GcpExistingNetwork": 1 });
  assert.deepEqual(only(resources, "atoll:network:GcpExistingNetwork").outputs, {
    networkId,
    networkSelfLink: network.facts.selfLink,
    subnetworkId,
    subnetworkSelfLink: subnetwork.facts.selfLink,
    podRangeName: "pods",
    serviceRangeName: "services",
  });
});
