// Outputs that the clouds fill in where a program sets nothing, by type: their values or forms are from the API references. Not proven
// here: what a real cloud would return.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Bag } from "../../../simulator/wire.ts";
import { outputs } from "./outputs-of.ts";

/** A type, its inputs, and each output with its value or form. */
const cases: readonly (readonly [type: string, inputs: Bag, expected: Bag])[] = [
  [
    "aws:cloudwatch/logGroup:LogGroup",
    { name: "g" },
    { logGroupClass: "STANDARD", arn: "arn:aws:logs:us-east-1:111122223333:log-group:g" },
  ],
  [
    "aws:costexplorer/costAllocationTag:CostAllocationTag",
    { tagKey: "cell", status: "Active" },
    { id: "cell", type: "UserDefined" },
  ],
  [
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    { state: "block-all-sharing" },
    { id: "us-east-1" },
  ],
  [
    "aws:ec2/eip:Eip",
    { domain: "vpc" },
    {
      carrierIp: "",
      customerOwnedIp: "",
      networkBorderGroup: "us-east-1",
      publicIpv4Pool: "amazon",
    },
  ],
  [
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    { blockPublicAcls: true },
    { id: "111122223333" },
  ],
  [
    "aws:s3/bucket:Bucket",
    { bucket: "b-defaults" },
    {
      hostedZoneId: "Z3AQBSTGFYJSTF",
      requestPayer: "BucketOwner",
      websiteEndpoint: "",
      websiteDomain: "",
    },
  ],
  [
    "aws:securityhub/account:Account",
    {},
    { id: "111122223333", arn: "arn:aws:securityhub:us-east-1:111122223333:hub/default" },
  ],
  [
    "aws:securityhub/standardsSubscription:StandardsSubscription",
    { standardsArn: "arn:aws:securityhub:us-east-1::standards/pci-dss/v/4.0.1" },
    { id: "arn:aws:securityhub:us-east-1:111122223333:subscription/pci-dss/v/4.0.1" },
  ],
  ["aws:sqs/queue:Queue", { name: "q" }, { kmsDataKeyReusePeriodSeconds: 300 }],
  [
    "aws:budgets/budget:Budget",
    {
      name: "monthly",
      budgetType: "COST",
      limitAmount: "10",
      limitUnit: "USD",
      timeUnit: "MONTHLY",
    },
    { id: "111122223333:monthly", arn: "arn:aws:budgets::111122223333:budget/monthly" },
  ],
  [
    "aws:rds/subnetGroup:SubnetGroup",
    { name: "s", subnetIds: [] },
    { supportedNetworkTypes: ["IPV4"] },
  ],
  [
    "gcp:secretmanager/secret:Secret",
    { secretId: "s", replication: { auto: {} } },
    { name: /^projects\/\d{12}\/secrets\/s$/ },
  ],
  [
    "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
    { workloadIdentityPoolId: "jobs" },
    { name: /^projects\/\d{12}\/locations\/global\/workloadIdentityPools\/jobs$/, state: "ACTIVE" },
  ],
  [
    "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
    {
      workloadIdentityPoolId: "jobs",
      workloadIdentityPoolProviderId: "github",
      oidc: { issuerUri: "https://a.example" },
    },
    {
      name: /^projects\/\d{12}\/locations\/global\/workloadIdentityPools\/jobs\/providers\/github$/,
    },
  ],
  [
    "gcp:managedkafka/cluster:Cluster",
    {
      clusterId: "k",
      location: "europe-west1",
      capacityConfig: { vcpuCount: "3", memoryBytes: "3221225472" },
      gcpConfig: { accessConfig: { networkConfigs: [{ subnet: "s" }] } },
    },
    { state: "ACTIVE", createTime: /^2026-01-\d\dT\d\d:\d\d:\d\d\.\d{6,9}Z$/ },
  ],
  [
    "gcp:compute/route:Route",
    { name: "r", network: "n", destRange: "0.0.0.0/0", nextHopGateway: "default-internet-gateway" },
    {
      routeType: "STATIC",
      routeStatus: "",
      creationTimestamp: /^2026-01-\d\dT\d\d:\d\d:\d\d\.000-08:00$/,
    },
  ],
  ["gcp:pubsub/subscription:Subscription", { name: "s", topic: "t" }, { ackDeadlineSeconds: 10 }],
  [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    { replicationGroupId: "c", description: "a", engine: "valkey", engineVersion: "8.0" },
    { engineVersionActual: "8.0.1" },
  ],
  [
    "aws:glue/schema:Schema",
    { schemaName: "s", registryArn: "arn:aws:glue:us-east-1:111122223333:registry/events" },
    { registryName: "events" },
  ],
  ["aws:lambda/function:Function", { name: "f", role: "r" }, { version: "$LATEST" }],
  [
    "aws:msk/clusterPolicy:ClusterPolicy",
    { clusterArn: "c", policy: "{}" },
    { currentVersion: /^K[0-9A-F]{13}$/ },
  ],
  [
    "gcp:billing/budget:Budget",
    { billingAccount: "012345-6789AB-CDEF01" },
    { name: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ },
  ],
  [
    "gcp:compute/forwardingRule:ForwardingRule",
    { name: "f", loadBalancingScheme: "" },
    { forwardingRuleId: /^\d{15}$/, pscConnectionId: /^\d{17}$/, pscConnectionStatus: "ACCEPTED" },
  ],
  [
    "gcp:compute/vPNTunnel:VPNTunnel",
    { name: "t", sharedSecret: "s" },
    {
      tunnelId: /^\d{19}$/,
      localTrafficSelectors: ["0.0.0.0/0"],
      detailedStatus: "Tunnel is up and running.",
    },
  ],
];

describe("outputs that nobody sets", () => {
  for (const [type, inputs, expected] of cases) {
    test(type, () => {
      const found = outputs(type, inputs, Object.keys(expected));
      for (const [at, [name, value]] of Object.entries(expected).entries()) {
        if (value instanceof RegExp) assert.match(String(found[at]), value, name);
        else assert.deepEqual(found[at], value, name);
      }
    });
  }

  test("times of a resource are the same, and nothing has been deleted", () => {
    const names = ["creationTime", "lastUpdatedTime", "deletionTime"];
    const [created, updated, deleted] = outputs(
      "aws:verifiedaccess/group:Group",
      { verifiedaccessInstanceId: "vai-0123456789abcdef0" },
      names,
    );
    assert.match(String(created), /^2026-01-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.deepEqual([updated, deleted], [created, ""]);
  });

  test("an S3 bucket's zone is that of its region", () => {
    const zone = (region: string) =>
      outputs(
        "aws:s3/bucket:Bucket",
        { bucket: `b-${region}` },
        ["hostedZoneId"],
        {},
        { region },
      )[0];
    assert.equal(zone("eu-central-1"), "Z21DNDUVLTQW6Q");
    assert.equal(zone("us-west-2"), "Z3BJ6K6RIION7M");
  });

  test("private zones have the same name servers, public ones their own", () => {
    const type = "aws:route53/zone:Zone";
    const [servers, first] = outputs(type, { name: "a.internal", vpcs: [{ vpcId: "vpc-0" }] }, [
      "nameServers",
      "primaryNameServer",
    ]);
    assert.deepEqual(servers, [
      "ns-0.awsdns-00.com",
      "ns-512.awsdns-00.net",
      "ns-1024.awsdns-00.org",
      "ns-1536.awsdns-00.co.uk",
    ]);
    assert.equal(first, "ns-0.awsdns-00.com");
    const [open] = outputs(type, { name: "a.example" }, ["nameServers"]) as [string[]];
    assert.equal(open.length, 4);
    for (const server of open)
      assert.match(server, /^ns-(?:1\d{3}|20[0-3]\d|204[0-7]|\d{1,3})\.awsdns-\d\d\./);
  });

  test("a network's two numbers are the same", () => {
    const [network, numeric] = outputs("gcp:compute/network:Network", { name: "numbers" }, [
      "networkId",
      "numericId",
    ]);
    assert.match(String(network), /^[1-8]\d{18}$/);
    assert.equal(numeric, network);
  });
});

test("ids of settings are those of what they are set on", () => {
  const instance = "vai-0123456789abcdef0";
  const trust = "vatp-0123456789abcdef0";
  const id = (type: string, inputs: Bag) => outputs(type, inputs, ["id"])[0];
  assert.equal(
    id("aws:verifiedaccess/instanceTrustProviderAttachment:InstanceTrustProviderAttachment", {
      verifiedaccessInstanceId: instance,
      verifiedaccessTrustProviderId: trust,
    }),
    `${instance}/${trust}`,
  );
  assert.equal(
    id("aws:guardduty/detectorFeature:DetectorFeature", {
      detectorId: "d".repeat(32),
      name: "S3_DATA_EVENTS",
      status: "ENABLED",
    }),
    `${"d".repeat(32)}/S3_DATA_EVENTS`,
  );
});
