import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { checkSpec } from "../../../components/core/spec.ts";
import { networkSchema, networkSettings } from "../../../components/network/schema.ts";

const aws = {
  cloud: "aws",
  account: "111122223333",
  region: "us-east-1",
  cidr: "10.32.0.0/16",
  clusterName: "prod-aws-use1",
};
const gcp = { cloud: "gcp", project: "acme-prod", region: "europe-west1", cidr: "10.36.0.0/16" };
const onprem = { cloud: "onprem", cidr: "10.40.0.0/16" };

function problems(spec: object): string[] {
  return checkSpec(networkSchema, spec, "n").problems.map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

test("minimal settings are valid, and get defaults", () => {
  for (const spec of [aws, gcp, onprem]) assert.deepEqual(problems(spec), []);
  const { spec } = checkSpec(networkSchema, aws, "n");
  assert.ok(spec?.cloud === "aws");
  assert.deepEqual(spec.zones, ["us-east-1a", "us-east-1b", "us-east-1c"]);
  assert.equal(spec.natGateways, "per-zone");
  assert.equal(spec.dnsFirewall.failure, "closed");
  assert.deepEqual(spec.interfaceEndpoints, [
    "ecr.api",
    "ecr.dkr",
    "sts",
    "ec2",
    "logs",
    "kms",
    "secretsmanager",
    "eks",
    "eks-auth",
  ]);
});

test("all fields of the manifest's section are optional", () => {
  for (const settings of Object.values(networkSettings)) assert.ok(settings.safeParse({}).success);
});

describe("invalid settings are reported, each with one message and its cure", () => {
  const cases: [string, object, RegExp][] = [
    ["no cloud", { ...aws, cloud: "azure" }, /^n: cloud: must be one of "aws", "gcp", "onprem"/],
    [
      "an unknown region",
      { ...aws, region: "us-est-1" },
      /^n: region: must be a region of aws, did you mean "us-east-1"/,
    ],
    [
      "a zone of another region",
      { ...aws, zones: ["us-east-1a", "us-west-2b"] },
      /^n: zones\[1\]: must be a zone of us-east-1/,
    ],
    ["a single zone", { ...aws, zones: ["us-east-1a"] }, /^n: zones: must have 2 to 4 entries/],
    [
      "an unknown field",
      { ...aws, natGateway: "single" },
      /^n: natGateway: unknown field, did you mean "natGateways"/,
    ],
    ["no block", { ...aws, cidr: "10.32.0.0" }, /^n: cidr: must be an IPv4 block/],
    [
      "host bits",
      { ...aws, cidr: "10.32.1.0/16" },
      /^n: cidr: must start where the block starts: "10\.32\.0\.0\/16"/,
    ],
    [
      "a block too small for AWS",
      { ...aws, cidr: "10.32.0.0/24" },
      /^n: cidr: .*the smallest that works is a \/21/,
    ],
    [
      "a block too large for a VPC",
      { ...aws, cidr: "10.32.0.0/12" },
      /^n: cidr: must be a block between \/16 and \/21$/,
    ],
    [
      "a block too small for GKE",
      { ...gcp, cidr: "10.36.0.0/24" },
      /^n: cidr: .*the smallest that works is a \/20/,
    ],
    [
      "a block too small for a site",
      { ...onprem, cidr: "10.40.0.0/28" },
      /^n: cidr: .*the smallest that works is a \/22/,
    ],
    ["a public block", { ...gcp, cidr: "34.0.0.0/16" }, /^n: cidr: must lie in a private range/],
    [
      "a retention that CloudWatch does not support",
      { ...aws, flowLogs: { retentionDays: 100 } },
      /^n: flowLogs\.retentionDays: must be one of 1, 3, 5/,
    ],
    [
      "a service without an endpoint",
      { ...aws, interfaceEndpoints: ["ecr-api"] },
      /^n: interfaceEndpoints\[0\]: .*did you mean "ecr\.api"/,
    ],
    [
      "no domain",
      { ...aws, dnsFirewall: { blocked: ["not a domain"] } },
      /^n: dnsFirewall\.blocked\[0\]: must be a domain/,
    ],
    [
      "everything as a name",
      { ...aws, egress: { allow: ["*"] } },
      /^n: egress\.allow\[0\]: must not allow everything: list the names/,
    ],
    [
      "a top-level domain as a name",
      { ...onprem, egress: { allow: ["api.example.com", "*.com"] } },
      /^n: egress\.allow\[1\]: must not be a whole top-level domain: .* such as "example\.com"/,
    ],
    [
      "an address as a name",
      { ...gcp, egress: { allow: ["203.0.113.7"] } },
      /^n: egress\.allow\[0\]: must be a domain name .* use "egress\.to"/,
    ],
    [
      "a wildcard in the middle",
      { ...aws, egress: { allow: ["api.*.example.com"] } },
      /^n: egress\.allow\[0\]: must have "\*" only as its whole first label/,
    ],
    [
      "a wildcard on Google Cloud",
      { ...gcp, egress: { allow: ["*.example.com"] } },
      /^n: egress\.allow\[0\]: is not supported on Google Cloud: .* list each/,
    ],
    ["an account as a number", { ...aws, account: 11122223333 }, /^n: account: must be a string/],
    [
      "ports in the wrong order",
      { ...gcp, nat: { minPorts: 1024, maxPorts: 64 } },
      /^n: nat\.maxPorts: must be more than minPorts/,
    ],
    [
      "ports that are not a power of two",
      { ...gcp, nat: { minPorts: 100 } },
      /^n: nat\.minPorts: must be one of 32, 64/,
    ],
    [
      "a sampling rate of 0",
      { ...gcp, flowLogs: { sampling: 0 } },
      /^n: flowLogs\.sampling: must be a number, more than 0 and at most 1/,
    ],
    [
      "an egress rule without ports",
      { ...gcp, egress: { to: { web: { cidrs: ["0.0.0.0/0"] } } } },
      /^n: egress\.to\.web\.ports: is required: must be a list/,
    ],
    [
      "an egress rule with an invalid name",
      { ...gcp, egress: { to: { Web: { cidrs: ["0.0.0.0/0"], ports: [443] } } } },
      /^n: egress\.to\.Web: the name must be at most 32/,
    ],
    [
      "a port beyond the last",
      { ...onprem, egress: { to: { a: { cidrs: ["0.0.0.0/0"], ports: [70000] } } } },
      /^n: egress\.to\.a\.ports\[0\]: must be a whole number from 1 to 65535/,
    ],
    [
      "load balancers outside the block",
      { ...onprem, loadBalancerCidr: "10.50.0.0/24" },
      /^n: loadBalancerCidr: must be in the cell's block/,
    ],
  ];
  for (const [what, spec, message] of cases) {
    test(what, () => {
      const found = problems(spec);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0]!, message);
    });
  }

  test("any input is valid or has a problem, and nothing else is thrown", () => {
    const block = fc.oneof(
      fc.string(),
      fc.constantFrom("10.0.0.0/30", "10.0.0.0/8", "8.0.0.0/8", "10.1.1.1/8", "10.0.0.0/40"),
      fc.anything(),
    );
    const onpremSpec = fc.record({
      cloud: fc.constant("onprem"),
      cidr: block,
      nodeCidr: block,
      podCidr: block,
    });
    const awsSpec = fc.record({ cloud: fc.constant("aws"), cidr: block, zones: fc.anything() });
    fc.assert(
      fc.property(fc.oneof(onpremSpec, awsSpec), (spec) => {
        assert.ok(problems(spec).length > 0);
      }),
    );
  });

  test("all problems are reported together", () => {
    assert.equal(problems({ ...aws, region: "x", cidr: "y", natGateways: "z" }).length, 3);
  });
});
