// Combinations of properties. That the services refuse the same is known from the listed sources.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkInputs, resourceSchema, unknownValue } from "../../../simulator/schema/index.ts";

type Bag = Record<string, unknown>;
function said(type: string, inputs: Bag): string {
  const schema = resourceSchema(type);
  assert.ok(schema, type);
  return checkInputs(schema, inputs)
    .map(({ property, reason }) => `${property}: ${reason}`)
    .join("\n");
}

const arn = "arn:aws:iam::111122223333:role/a";
const subnetIds = ["subnet-0a", "subnet-0b"];
const group = { clusterName: "c", nodeRoleArn: arn, subnetIds };
const rule = { securityGroupId: "sg-0a", cidrIpv4: "10.0.0.0/8" };
const endpoint = { vpcId: "vpc-0a", serviceName: "com.amazonaws.us-east-1.s3" };
const gke = { location: "europe-west1", initialNodeCount: 1 };
const pool = { cluster: "c", location: "europe-west1" };
const nat = {
  router: "r",
  region: "europe-west1",
  sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
};
const window = (endTime: string): Bag => ({
  maintenancePolicy: {
    recurringWindow: {
      startTime: "2026-01-03T01:00:00Z",
      endTime,
      recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
    },
  },
});

describe("combinations", () => {
  const cases: [string, string, Bag, Bag, RegExp][] = [
    [
      "an endpoint of the cluster is reachable",
      "aws:eks/cluster:Cluster",
      {
        roleArn: arn,
        vpcConfig: { subnetIds, endpointPublicAccess: false, endpointPrivateAccess: true },
      },
      { roleArn: arn, vpcConfig: { subnetIds, endpointPublicAccess: false } },
      /cannot both be off/,
    ],
    [
      "a cluster has two subnets",
      "aws:eks/cluster:Cluster",
      { roleArn: arn, vpcConfig: { subnetIds } },
      { roleArn: arn, vpcConfig: { subnetIds: ["subnet-0a"] } },
      /at least two availability zones/,
    ],
    [
      "auto mode is on completely or not at all",
      "aws:eks/cluster:Cluster",
      { roleArn: arn, vpcConfig: { subnetIds }, computeConfig: { enabled: false } },
      { roleArn: arn, vpcConfig: { subnetIds }, computeConfig: { enabled: true } },
      /must all be on or all be off/,
    ],
    [
      "sizes of a node group are in order",
      "aws:eks/nodeGroup:NodeGroup",
      { ...group, scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 } },
      { ...group, scalingConfig: { minSize: 3, desiredSize: 2, maxSize: 3 } },
      /scalingConfig.minSize: must not be above scalingConfig.desiredSize, got 3 and 2/,
    ],
    [
      "a launch template has the disk size",
      "aws:eks/nodeGroup:NodeGroup",
      { ...group, scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 }, diskSize: 20 },
      {
        ...group,
        scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 },
        diskSize: 20,
        launchTemplate: { id: "lt-0a", version: "1" },
      },
      /diskSize: must be in the launch template/,
    ],
    [
      "only standard entries have groups",
      "aws:eks/accessEntry:AccessEntry",
      { clusterName: "c", principalArn: arn, kubernetesGroups: ["a"] },
      { clusterName: "c", principalArn: arn, type: "EC2_LINUX", kubernetesGroups: ["a"] },
      /kubernetesGroups: cannot be set for type EC2_LINUX/,
    ],
    [
      "port ranges are ascending",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      { ...rule, ipProtocol: "tcp", fromPort: 80, toPort: 443 },
      { ...rule, ipProtocol: "tcp", fromPort: 443, toPort: 80 },
      /fromPort: must not be above toPort/,
    ],
    [
      "TCP has ports",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      { ...rule, ipProtocol: "-1" },
      { ...rule, ipProtocol: "tcp" },
      /fromPort and toPort are required/,
    ],
    [
      "a flow log has a role",
      "aws:ec2/flowLog:FlowLog",
      { vpcId: "vpc-0a", trafficType: "ALL", iamRoleArn: unknownValue },
      { vpcId: "vpc-0a", trafficType: "ALL" },
      /iamRoleArn: is required to write/,
    ],
    [
      "a gateway endpoint has routes, not subnets",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      { ...endpoint, routeTableIds: ["rtb-0a"] },
      { ...endpoint, subnetIds },
      /subnetIds: cannot be set for an endpoint of type Gateway/,
    ],
    [
      "a public NAT gateway has an address",
      "aws:ec2/natGateway:NatGateway",
      { subnetId: "subnet-0a", allocationId: "eipalloc-0a" },
      { subnetId: "subnet-0a" },
      /allocationId: is required for a public NAT gateway/,
    ],
    [
      "a cluster starts with a node",
      "gcp:container/cluster:Cluster",
      gke,
      { location: "europe-west1" },
      /initialNodeCount: is required/,
    ],
    [
      "Dataplane V2 enforces policies itself",
      "gcp:container/cluster:Cluster",
      { ...gke, datapathProvider: "ADVANCED_DATAPATH" },
      { ...gke, datapathProvider: "ADVANCED_DATAPATH", networkPolicy: { enabled: true } },
      /networkPolicy.enabled: cannot be on/,
    ],
    [
      "a maintenance window is long enough",
      "gcp:container/cluster:Cluster",
      { ...gke, ...window("2026-01-03T05:00:00Z") },
      { ...gke, ...window("2026-01-03T04:00:00Z") },
      /at least 4 hours long, got 3/,
    ],
    [
      "an upgrade surges or has unavailable nodes",
      "gcp:container/nodePool:NodePool",
      { ...pool, upgradeSettings: { maxSurge: 1, maxUnavailable: 0 } },
      { ...pool, upgradeSettings: { maxSurge: 0, maxUnavailable: 0 } },
      /cannot both be 0/,
    ],
    [
      "limits of a pool are of one kind",
      "gcp:container/nodePool:NodePool",
      { ...pool, autoscaling: { minNodeCount: 0, maxNodeCount: 3 } },
      { ...pool, autoscaling: { minNodeCount: 0, totalMaxNodeCount: 3 } },
      /either per zone or in total/,
    ],
    [
      "a key rotates at most daily",
      "gcp:kms/cryptoKey:CryptoKey",
      { keyRing: "projects/p/locations/l/keyRings/k", rotationPeriod: "86400s" },
      { keyRing: "projects/p/locations/l/keyRings/k", rotationPeriod: "3600s" },
      /at least one day/,
    ],
    [
      "egress has no sources",
      "gcp:compute/firewall:Firewall",
      { network: "n", direction: "EGRESS", denies: [{ protocol: "all" }] },
      {
        network: "n",
        direction: "EGRESS",
        denies: [{ protocol: "all" }],
        sourceRanges: ["10.0.0.0/8"],
      },
      /sourceRanges: cannot be set for direction EGRESS/,
    ],
    [
      "NAT with manual addresses has addresses",
      "gcp:compute/routerNat:RouterNat",
      { ...nat, natIpAllocateOption: "MANUAL_ONLY", natIps: [unknownValue] },
      { ...nat, natIpAllocateOption: "MANUAL_ONLY" },
      /natIps: is required with MANUAL_ONLY/,
    ],
    [
      "ranges of a subnet have different names",
      "gcp:compute/subnetwork:Subnetwork",
      {
        network: "n",
        ipCidrRange: "10.0.0.0/20",
        secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.4.0.0/14" }],
      },
      {
        network: "n",
        ipCidrRange: "10.0.0.0/20",
        secondaryIpRanges: [1, 2].map(() => ({ rangeName: "pods", ipCidrRange: "10.4.0.0/14" })),
      },
      /range name pods is used twice/,
    ],
  ];
  for (const [name, type, right, wrong, message] of cases) {
    test(name, () => {
      assert.equal(said(type, right), "");
      assert.match(said(type, wrong), message);
    });
  }
});
