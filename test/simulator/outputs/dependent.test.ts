// Outputs that depend on inputs and on other resources. Not proven here: what a real cloud would return.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Bag } from "../../../simulator/wire.ts";
import { outputs } from "./outputs-of.ts";

const arn = "arn:aws:kafka:us-east-1:111122223333:cluster/c/11111111-2222-4333-a444-555555555555-7";

describe("outputs that depend on inputs", () => {
  test("a major version of Aurora runs a minor one", () => {
    const version = (engineVersion: string) =>
      outputs(
        "aws:rds/cluster:Cluster",
        {
          clusterIdentifier: `db-${engineVersion.replace(".", "-")}`,
          engine: "aurora-postgresql",
          engineVersion,
          skipFinalSnapshot: true,
        },
        ["engineVersionActual", "availabilityZones", "networkType"],
      );
    const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
    assert.deepEqual(version("17"), ["17.9", zones, "IPV4"]);
    assert.deepEqual(version("17.4"), ["17.4", zones, "IPV4"]);
  });

  test("a cache has the endpoints of its mode", () => {
    const group = (name: string, more: Bag) =>
      outputs(
        "aws:elasticache/replicationGroup:ReplicationGroup",
        {
          replicationGroupId: name,
          description: "a",
          engine: "valkey",
          nodeType: "cache.t4g.small",
          ...more,
        },
        [
          "primaryEndpointAddress",
          "configurationEndpointAddress",
          "replicasPerNodeGroup",
          "networkType",
        ],
      );
    const [primary, configuration, replicas, network] = group("one", { numCacheClusters: 3 });
    assert.match(String(primary), /^master\.one\./);
    assert.deepEqual([configuration, replicas, network], ["", 2, "ipv4"]);
    const [none, sharded] = group("many", { clusterMode: "enabled", numNodeGroups: 2 });
    assert.equal(none, "");
    assert.match(String(sharded), /^clustercfg\.many\./);
  });

  test("brokers have addresses for the protocols that are enabled", () => {
    const addresses = (more: Bag) =>
      outputs(
        "aws:msk/cluster:Cluster",
        {
          clusterName: "c",
          kafkaVersion: "4.0.x.kraft",
          numberOfBrokerNodes: 3,
          brokerNodeGroupInfo: {
            instanceType: "kafka.m7g.large",
            clientSubnets: [],
            securityGroups: [],
          },
          ...more,
        },
        [
          "bootstrapBrokers",
          "bootstrapBrokersTls",
          "bootstrapBrokersSaslIam",
          "bootstrapBrokersSaslScram",
        ],
      ).map((text) => String(text).split(":").at(-1));
    assert.deepEqual(addresses({}), ["", "9094", "", ""]);
    assert.deepEqual(addresses({ clientAuthentication: { sasl: { iam: true } } }), [
      "",
      "",
      "9098",
      "",
    ]);
    const plain = { encryptionInfo: { encryptionInTransit: { clientBroker: "TLS_PLAINTEXT" } } };
    assert.deepEqual(addresses(plain), ["9092", "9094", "", ""]);
  });

  test("a topic has an ARN below its cluster's, and the settings that it runs with", () => {
    const topic = { clusterArn: arn, name: "orders", partitionCount: 6, replicationFactor: 3 };
    const found = outputs("aws:msk/topic:Topic", { ...topic, configs: '{"a":"1"}' }, [
      "arn",
      "configsActual",
    ]);
    assert.deepEqual(found, [`${arn.replace(":cluster/", ":topic/")}/orders`, '{"a":"1"}']);
  });

  test("a VPN connection's inside addresses are in its blocks", () => {
    const found = outputs(
      "aws:ec2/vpnConnection:VpnConnection",
      {
        type: "ipsec.1",
        customerGatewayId: "cgw-0",
        transitGatewayId: "tgw-0",
        tunnel1InsideCidr: "169.254.64.4/30",
      },
      [
        "tunnel1VgwInsideAddress",
        "tunnel1CgwInsideAddress",
        "tunnel1BgpAsn",
        "coreNetworkArn",
        "presharedKeyArn",
      ],
      { transitGatewayId: { amazonSideAsn: 64600 } },
    );
    assert.deepEqual(found, ["169.254.64.5", "169.254.64.6", "64600", "", ""]);
  });

  test("a NAT gateway has an address of its subnet", () => {
    const found = outputs(
      "aws:ec2/natGateway:NatGateway",
      { subnetId: "subnet-0", connectivityType: "private" },
      ["privateIp", "vpcId", "availabilityMode"],
      { subnetId: { cidrBlock: "10.9.1.0/24", vpcId: "vpc-0" } },
    );
    assert.deepEqual(found, ["10.9.1.10", "vpc-0", "zonal"]);
  });

  test("a Cloud SQL instance that is reached through Private Service Connect has no address", () => {
    const [address, account, kind] = outputs(
      "gcp:sql/databaseInstance:DatabaseInstance",
      {
        name: "psc",
        databaseVersion: "POSTGRES_17",
        region: "europe-west1",
        settings: { tier: "db-f1-micro", ipConfiguration: { ipv4Enabled: false } },
      },
      ["privateIpAddress", "serviceAccountEmailAddress", "instanceType"],
    );
    assert.equal(address, "");
    assert.match(
      String(account),
      /^p\d{12}-[0-9a-f]{6}@gcp-sa-cloud-sql\.iam\.gserviceaccount\.com$/,
    );
    assert.equal(kind, "CLOUD_SQL_INSTANCE");
  });
});
