// The real engine with the embedded cloud: services and their copies in a second cell are deployed, previewed without changes and
// destroyed on each cloud. No data is replicated, and there is no failover.
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import * as kubernetes from "@pulumi/kubernetes";
import { AwsDatabase } from "../../../components/database/aws.ts";
import { GcpDatabase } from "../../../components/database/gcp.ts";
import { OnpremDatabase } from "../../../components/database/onprem.ts";
import { onpremDatabaseSpec } from "../../../components/database/schema.ts";
import { AwsDatabaseCopy } from "../../../components/replication/aws-database.ts";
import { AwsStreamCopy } from "../../../components/replication/aws-stream.ts";
import { GcpDatabaseCopy } from "../../../components/replication/gcp-database.ts";
import { OnpremDatabaseCopy } from "../../../components/replication/onprem-database.ts";
import { AwsStream } from "../../../components/stream/aws.ts";
import { comesAndGoes } from "../../support/comes-and-goes.ts";
import { ownership } from "../../support/ownership.ts";
import { siteKubeconfig } from "../../support/site.ts";
import { awsSpec, gcpSpec, onpremSpec } from "../database/fixture.ts";
import { account } from "./fixture.ts";

/** The network and keys of a cell, before its services. */
function awsGround(cell: string, region: string, block: number) {
  const provider = new aws.Provider(cell, { region, allowedAccountIds: [account] });
  const opts = { provider };
  const vpc = new aws.ec2.Vpc(cell, { cidrBlock: `10.${block}.0.0/16` }, opts);
  const zones = ["a", "b", "c"].map((letter) => `${region}${letter}`);
  const subnetIds = zones.map(
    (availabilityZone, index) =>
      new aws.ec2.Subnet(
        `${cell}-${availabilityZone}`,
        { vpcId: vpc.id, cidrBlock: `10.${block}.${index}.0/24`, availabilityZone },
        opts,
      ).id,
  );
  const nodes = new aws.ec2.SecurityGroup(`${cell}-nodes`, { vpcId: vpc.id }, opts);
  const key = (name: string) => new aws.kms.Key(`${cell}-${name}`, {}, opts).arn;
  return {
    cell,
    region,
    zones,
    provider,
    vpcId: vpc.id,
    subnetIds,
    nodes: nodes.id,
    keys: { data: key("data"), logs: key("logs") },
  };
}

function awsStream({ cell, ...ground }: ReturnType<typeof awsGround>) {
  return new AwsStream(
    `stream-${cell}`,
    {
      ownership: { ...ownership, cell },
      retain: false,
      replicated: true,
      spec: {
        cloud: "aws",
        account,
        region: ground.region,
        zones: ground.zones,
        topics: { "orders.events": {} },
      },
      network: {
        vpcId: ground.vpcId,
        subnetIds: ground.subnetIds,
        clientSecurityGroupId: ground.nodes,
      },
      keys: ground.keys,
    },
    { providers: { aws: ground.provider } },
  );
}

const programs = {
  aws: async () => {
    const here = awsGround("aws-use1", "us-east-1", 10);
    const there = awsGround("aws-usw2", "us-west-2", 20);
    const shared = { ownership, retain: false };
    const database = new AwsDatabase(
      "database",
      {
        ...shared,
        spec: { ...awsSpec, replicateTo: { cell: "aws-usw2" } },
        network: { vpcId: here.vpcId, isolatedSubnetIds: here.subnetIds },
        cluster: { clusterSecurityGroupId: here.nodes },
        keys: here.keys,
        copy: { region: there.region, keyArn: there.keys.data },
      },
      { providers: { aws: here.provider } },
    );
    const copy = new AwsDatabaseCopy(
      "database-copy",
      {
        ...shared,
        spec: database.spec,
        primary: {
          arn: database.arn,
          engineVersion: database.engineVersion,
          provider: here.provider,
        },
        there: {
          ...there,
          isolatedSubnetIds: there.subnetIds,
          clusterSecurityGroupId: there.nodes,
        },
        rpo: "5 minutes",
      },
      { dependsOn: database },
    );
    const end = (ground: typeof here) => {
      const { clusterArn, securityGroupId } = awsStream(ground);
      return { ...ground, clusterArn, securityGroupId };
    };
    new AwsStreamCopy("stream-copy", {
      ...shared,
      account,
      here: end(here),
      there: end(there),
      copied: { topics: ["orders.events"], groups: [] },
      rpo: "5 minutes",
    });
    return { endpoint: copy.endpoint, secret: database.masterSecretArn };
  },
  gcp: async () => {
    const { project } = gcpSpec;
    const provider = new gcp.Provider("gcp", { project });
    const opts = { provider };
    const ground = (cell: string, region: string, block: string) => {
      const network = new gcp.compute.Network(cell, { autoCreateSubnetworks: false }, opts);
      const subnetwork = new gcp.compute.Subnetwork(
        `${cell}-nodes`,
        { network: network.id, ipCidrRange: block, region },
        opts,
      );
      const ring = new gcp.kms.KeyRing(cell, { location: region }, opts);
      const key = new gcp.kms.CryptoKey(`${cell}-data`, { keyRing: ring.id }, opts);
      return { region, networkId: network.id, subnetworkId: subnetwork.id, keyName: key.id };
    };
    const here = ground("gcp-euw1", "europe-west1", "10.36.0.0/20");
    const there = ground("gcp-euw4", "europe-west4", "10.48.0.0/20");
    const shared = { ownership: { ...ownership, cell: "gcp-euw1" }, retain: false };
    const database = new GcpDatabase(
      "database",
      {
        ...shared,
        spec: { ...gcpSpec, replicateTo: { cell: "gcp-euw4" } },
        network: here,
        keys: { data: here.keyName },
      },
      { providers: { gcp: provider } },
    );
    const copy = new GcpDatabaseCopy(
      "database-copy",
      { ...shared, spec: database.spec, primary: database.instanceName, there },
      { providers: { gcp: provider } },
    );
    return { endpoint: copy.endpoint };
  },
  onprem: async () => {
    const provider = new kubernetes.Provider("site", { kubeconfig: siteKubeconfig() });
    const here = { ...ownership, cell: "onprem-pus" };
    const shared = { ownership: here, retain: false, cluster: { provider } };
    const database = new OnpremDatabase("database", { ...shared, spec: onpremSpec });
    const copy = new OnpremDatabaseCopy(
      "database-copy",
      {
        ...shared,
        place: here,
        source: {
          place: { environment: "prod", cell: "onprem-sel" },
          spec: onpremDatabaseSpec.parse(onpremSpec),
        },
        database,
      },
      { dependsOn: database },
    );
    return { endpoint: copy.endpoint };
  },
} as const;

const endpoints = {
  aws: /^prod-aws-use1-database-copy\..*\.us-west-2\.rds\.amazonaws\.com$/,
  gcp: /\.europe-west4\.sql\.goog$/,
  onprem: /^prod-onprem-sel-database-copy-pool\.database\.svc$/,
} as const;

comesAndGoes(programs, endpoints);
