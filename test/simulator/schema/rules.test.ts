// Proves that the rules are well-formed and apply to real types; that they match the providers is known from their sources.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkInputs, resourceSchema, unknownValue } from "../../../simulator/schema/index.ts";
import { ruleFiles } from "../../../simulator/schema/rules.ts";
import { shapeAt } from "../../../tools/generate/facts.ts";

type Bag = Record<string, unknown>;
/** The problems of these properties of a type, without problems of missing ones. */
function said(type: string, inputs: Bag): string[] {
  const schema = resourceSchema(type);
  assert.ok(schema, type);
  return checkInputs(schema, inputs)
    .filter(({ reason }) => !/is required|must be given$/.test(reason))
    .map(({ property, reason }) => `${property}: ${reason}`);
}

describe("rule files", () => {
  test("have a source, real types and real properties", () => {
    for (const { source, rules } of ruleFiles()) {
      assert.ok(source.length > 20);
      for (const [type, byPath] of Object.entries(rules)) {
        const schema = resourceSchema(type);
        assert.ok(schema, type);
        for (const path of Object.keys(byPath)) assert.ok(shapeAt(schema, path), `${type} ${path}`);
      }
    }
  });
  test("have only valid expressions and non-empty ranges", () => {
    for (const rule of ruleFiles().flatMap(({ rules }) =>
      Object.values(rules).flatMap((byPath) => Object.values(byPath)),
    )) {
      if (rule.matches !== undefined) assert.ok(new RegExp(`^(?:${rule.matches})$`, "u"));
      assert.ok((rule.min ?? -Infinity) <= (rule.max ?? Infinity));
      assert.notEqual(rule.oneOf?.length, 0);
    }
  });
});

describe("values", () => {
  const cases: [string, Bag, Bag, RegExp][] = [
    [
      "aws:eks/cluster:Cluster",
      { accessConfig: { authenticationMode: "API" } },
      { accessConfig: { authenticationMode: "IAM" } },
      /accessConfig.authenticationMode: must be one of CONFIG_MAP, API/,
    ],
    [
      "aws:eks/cluster:Cluster",
      { upgradePolicy: { supportType: "STANDARD" } },
      { upgradePolicy: { supportType: "standard" } },
      /STANDARD, EXTENDED/,
    ],
    [
      "aws:eks/cluster:Cluster",
      { enabledClusterLogTypes: ["api"] },
      { enabledClusterLogTypes: ["api", "apiServer"] },
      /enabledClusterLogTypes\[1\]/,
    ],
    [
      "aws:eks/cluster:Cluster",
      { kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16" } },
      { kubernetesNetworkConfig: { serviceIpv4Cidr: "100.64.0.0/16" } },
      /private block/,
    ],
    [
      "aws:eks/cluster:Cluster",
      { roleArn: "arn:aws:iam::111122223333:role/a" },
      { roleArn: "my-role" },
      /roleArn: must be an ARN/,
    ],
    [
      "aws:eks/nodeGroup:NodeGroup",
      { capacityType: "SPOT" },
      { capacityType: "spot" },
      /ON_DEMAND, SPOT/,
    ],
    [
      "aws:eks/nodeGroup:NodeGroup",
      { taints: [{ key: "a", effect: "NO_SCHEDULE" }] },
      { taints: [{ key: "a", effect: "NoSchedule" }] },
      /taints\[0\].effect/,
    ],
    [
      "aws:cloudwatch/logGroup:LogGroup",
      { retentionInDays: 365 },
      { retentionInDays: 360 },
      /retentionInDays: must be one of 0, 1, 3/,
    ],
    [
      "aws:ec2/flowLog:FlowLog",
      { maxAggregationInterval: 60 },
      { maxAggregationInterval: 300 },
      /60, 600/,
    ],
    [
      "aws:ec2/vpc:Vpc",
      { cidrBlock: "10.0.0.0/16" },
      { cidrBlock: "10.0.0.1/16" },
      /did you mean "10.0.0.0\/16"/,
    ],
    [
      "aws:ec2/vpc:Vpc",
      { cidrBlock: "10.0.0.0/28" },
      { cidrBlock: "10.0.0.0/29" },
      /between \/16 and \/28/,
    ],
    [
      "aws:ec2/securityGroup:SecurityGroup",
      { name: "web" },
      { name: "sg-web" },
      /not beginning with sg-/,
    ],
    [
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      { cidrIpv4: "10.0.0.0/8" },
      { cidrIpv4: "10.0.0.0" },
      /cidrIpv4: must be an IPv4 address block/,
    ],
    ["aws:iam/role:Role", { name: "a".repeat(64) }, { name: "a".repeat(65) }, /at most 64/],
    [
      "aws:kms/key:Key",
      { rotationPeriodInDays: 90, enableKeyRotation: true },
      { rotationPeriodInDays: 30, enableKeyRotation: true },
      /at least 90/,
    ],
    ["aws:kms/alias:Alias", { name: "alias/a" }, { name: "alias/aws/a" }, /alias\//],
    ["aws:sqs/queue:Queue", { name: "a.fifo", fifoQueue: true }, { name: "a.b" }, /\.fifo/],
    ["aws:s3/bucket:Bucket", { bucket: "a-b" }, { bucket: "A_b" }, /lower-case/],
    [
      "aws:route53/resolverEndpoint:ResolverEndpoint",
      { ipAddresses: [{ subnetId: "a" }, { subnetId: "b" }] },
      { ipAddresses: [{ subnetId: "a" }] },
      /at least 2 items/,
    ],
    [
      "gcp:container/cluster:Cluster",
      { releaseChannel: { channel: "REGULAR" } },
      { releaseChannel: { channel: "regular" } },
      /releaseChannel.channel/,
    ],
    [
      "gcp:container/cluster:Cluster",
      { datapathProvider: "ADVANCED_DATAPATH" },
      { datapathProvider: "CILIUM" },
      /datapathProvider/,
    ],
    [
      "gcp:container/cluster:Cluster",
      { loggingConfig: { enableComponents: ["APISERVER"] } },
      { loggingConfig: { enableComponents: ["API_SERVER"] } },
      /enableComponents\[0\]/,
    ],
    [
      "gcp:container/cluster:Cluster",
      { name: "a".repeat(40) },
      { name: "a".repeat(41) },
      /1 to 40/,
    ],
    ["gcp:compute/network:Network", { name: "net" }, { name: "Net-" }, /1 to 63/],
    [
      "gcp:compute/subnetwork:Subnetwork",
      { ipCidrRange: "10.0.0.0/20" },
      { ipCidrRange: "10.0.0.0/40" },
      /ipCidrRange/,
    ],
    [
      "gcp:kms/cryptoKey:CryptoKey",
      { rotationPeriod: "7776000s" },
      { rotationPeriod: "90d" },
      /7776000s/,
    ],
    [
      "gcp:projects/iAMMember:IAMMember",
      { member: "serviceAccount:a@b.iam.gserviceaccount.com", role: "roles/logging.logWriter" },
      { member: "a@b", role: "viewer" },
      /member: .*,role: /,
    ],
    [
      "gcp:compute/firewall:Firewall",
      { sourceRanges: ["0.0.0.0/0"] },
      { sourceRanges: ["any"] },
      /sourceRanges\[0\]/,
    ],
  ];
  for (const [type, right, wrong, message] of cases) {
    test(`${type.split(":")[2]} accepts ${JSON.stringify(right).slice(0, 70)} and refuses ${JSON.stringify(wrong).slice(0, 70)}`, () => {
      assert.deepEqual(said(type, right), []);
      assert.match(said(type, wrong).join(), message);
    });
  }
  test("an unknown value violates no rule", () => {
    assert.deepEqual(
      said("aws:eks/cluster:Cluster", { roleArn: unknownValue, name: unknownValue }),
      [],
    );
  });
});
