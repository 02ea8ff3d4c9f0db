// Zones of services in the embedded cloud, without engine. That AWS refuses exactly these cases is known from its documentation.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Resource } from "../../../simulator/store.ts";
import { cloud, eachWithItsCloud, ROLE, refused, subnet, trust, vpc } from "../refused.ts";

eachWithItsCloud();

/** A subnet in each zone, and a second one in zone a. */
function subnets(): Record<"a" | "b" | "c" | "a2", Resource> {
  const parent = vpc();
  const [a, b, c] = [..."abc"].map((letter, at) =>
    subnet(parent, letter, `10.0.${at}.0/24`, `us-east-1${letter}`),
  ) as [Resource, Resource, Resource];
  return { a, b, c, a2: subnet(parent, "a2", "10.0.3.0/24", "us-east-1a") };
}

const ids = (...some: Resource[]) => some.map(({ id }) => id);

describe("after its creation", () => {
  test("a control plane can change its subnets, but not its zones", () => {
    const { a, b, c, a2 } = subnets();
    const role = cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: trust });
    const made = cloud.make("aws:eks/cluster:Cluster", "c", {
      name: "c",
      version: "1.35",
      roleArn: role.state.arn,
      vpcConfig: { subnetIds: ids(a, b) },
    });
    const into = (...some: Resource[]) =>
      cloud.update(made, { ...made.inputs, vpcConfig: { subnetIds: ids(...some) } });
    for (const zones of [
      [a, b, c],
      [b, c],
    ]) {
      refused(() => into(...zones), "InvalidParameterException", /exact set of AZs/);
    }
    into(a2, b);
  });

  test("a DB subnet group keeps two zones and those of its instances, which it must have", () => {
    const { a, b, c } = subnets();
    const type = "aws:rds/subnetGroup:SubnetGroup";
    const group = (name: string, ...some: Resource[]) =>
      cloud.make(type, name, { name, subnetIds: ids(...some) });
    refused(() => group("small", a), "DBSubnetGroupDoesNotCoverEnoughAZs", /at least 2 AZs/);
    const made = group("g", a, b);
    cloud.make("aws:rds/cluster:Cluster", "db", {
      clusterIdentifier: "db",
      engine: "aurora-postgresql",
      dbSubnetGroupName: "g",
      skipFinalSnapshot: true,
    });
    const instance = (identifier: string, availabilityZone: string) =>
      cloud.make("aws:rds/clusterInstance:ClusterInstance", identifier, {
        identifier,
        clusterIdentifier: "db",
        engine: "aurora-postgresql",
        instanceClass: "db.serverless",
        availabilityZone,
      });
    instance("one", "us-east-1a");
    refused(
      () => instance("two", "us-east-1c"),
      "InvalidVPCNetworkStateFault",
      /no subnet in us-east-1c/,
    );
    const into = (...some: Resource[]) =>
      cloud.update(made, { ...made.inputs, subnetIds: ids(...some) });
    refused(() => into(b, c), "SubnetAlreadyInUse", /us-east-1a.*in use by DB instance one/);
    into(a, c);
    instance("two", "us-east-1c");
  });

  test("a cache subnet group loses no subnet while a cache uses it", () => {
    const { a, b, c } = subnets();
    const made = cloud.make("aws:elasticache/subnetGroup:SubnetGroup", "g", {
      name: "g",
      subnetIds: ids(a, b),
    });
    const into = (...some: Resource[]) =>
      cloud.update(made, { ...made.inputs, subnetIds: ids(...some) });
    into(b, c);
    cloud.make("aws:elasticache/replicationGroup:ReplicationGroup", "r", {
      replicationGroupId: "r",
      description: "d",
      engine: "valkey",
      nodeType: "cache.t4g.small",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      subnetGroupName: "g",
    });
    refused(() => into(a, c), "SubnetInUse", new RegExp(`${b.id} is in use by r`));
    into(a, b, c);
  });

  test("a subnet that a service is in cannot be deleted", () => {
    const { a, b } = subnets();
    cloud.make("aws:elasticache/subnetGroup:SubnetGroup", "g", { name: "g", subnetIds: ids(a, b) });
    refused(() => cloud.delete(a), "DependencyViolation", /subnetGroup|SubnetGroup/);
  });
});

test("nodes of GKE are in zones of the cluster's region", () => {
  const cluster = (nodeLocations: string[]) =>
    cloud.make("gcp:container/cluster:Cluster", "c", {
      name: "c",
      location: "europe-west1",
      initialNodeCount: 1,
      nodeLocations,
    });
  refused(() => cluster(["europe-west4-a"]), "invalid", /not a zone of region 'europe-west1'/);
  const made = cluster(["europe-west1-b"]);
  const zones = ["europe-west1-c", "europe-west1-d"];
  assert.deepEqual(
    cloud.update(made, { ...made.inputs, nodeLocations: zones }).state.nodeLocations,
    zones,
  );
});

describe("at its creation", () => {
  test("an attachment and an interface endpoint have one subnet in a zone", () => {
    const { a, b, a2 } = subnets();
    const endpoint = (name: string, ...some: Resource[]) =>
      cloud.make("aws:ec2/vpcEndpoint:VpcEndpoint", name, {
        vpcId: a.state.vpcId,
        serviceName: "com.amazonaws.us-east-1.sts",
        vpcEndpointType: "Interface",
        subnetIds: ids(...some),
      });
    refused(() => endpoint("two", a, a2), "DuplicateSubnetsInSameZone", /same Availability Zone/);
    endpoint("one", a, b);
    const { id: transitGatewayId } = cloud.make(
      "aws:ec2transitgateway/transitGateway:TransitGateway",
      "t",
      {},
    );
    const attach = (...some: Resource[]) =>
      cloud.make("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "v", {
        transitGatewayId,
        vpcId: a.state.vpcId,
        subnetIds: ids(...some),
      });
    refused(() => attach(a, a2), "DuplicateSubnetsInSameZone", /same Availability Zone/);
    attach(a, b);
  });

  test("a DB proxy is in two zones", () => {
    const { a, b, a2 } = subnets();
    const role = cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: trust });
    const proxy = (...some: Resource[]) =>
      cloud.make("aws:rds/proxy:Proxy", "p", {
        name: "p",
        engineFamily: "POSTGRESQL",
        roleArn: role.state.arn,
        requireTls: true,
        defaultAuthScheme: "IAM_AUTH",
        vpcSubnetIds: ids(...some),
      });
    refused(() => proxy(a, a2), "InvalidSubnet", /two Availability Zones/);
    proxy(a, b);
  });

  test("brokers are in two or three zones, with one subnet each", () => {
    const { a, b, a2 } = subnets();
    const group = cloud.make("aws:ec2/securityGroup:SecurityGroup", "s", {
      name: "s",
      description: "d",
      vpcId: a.state.vpcId,
    });
    const brokers = (...some: Resource[]) =>
      cloud.make("aws:msk/cluster:Cluster", "k", {
        clusterName: "k",
        kafkaVersion: "4.1.x.kraft",
        numberOfBrokerNodes: 2,
        brokerNodeGroupInfo: {
          instanceType: "kafka.m7g.large",
          clientSubnets: ids(...some),
          securityGroups: [group.id],
        },
      });
    refused(() => brokers(a, a2), "BadRequestException", /two or three Availability Zones/);
    assert.equal(brokers(a, b).type, "aws:msk/cluster:Cluster");
  });

  test("a NAT gateway has an address of its own", () => {
    const { a, b } = subnets();
    const { id: allocationId } = cloud.make("aws:ec2/eip:Eip", "e", { domain: "vpc" });
    const gateway = (name: string, subnetId: string) =>
      cloud.make("aws:ec2/natGateway:NatGateway", name, { allocationId, subnetId });
    gateway("one", a.id);
    refused(() => gateway("two", b.id), "Resource.AlreadyAssociated", /already associated/);
  });
});
