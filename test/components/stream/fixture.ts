/** One stream per cloud, with all settings. */
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import * as kubernetes from "@pulumi/kubernetes";
import type { AwsStreamArgs } from "../../../components/stream/aws.ts";
import type { GcpStreamArgs } from "../../../components/stream/gcp.ts";
import type { OnpremStreamArgs } from "../../../components/stream/onprem.ts";
import { ownership } from "../../support/ownership.ts";

export const topics = {
  "orders.events": { partitions: 12, retention: "30 days" },
  "orders.snapshots": { cleanup: "compact" },
} as const;

export const clients = {
  checkout: { produce: ["orders.events"], transactional: true },
  billing: { consume: ["orders.*"], group: "billing" },
};

export const awsSpec: AwsStreamArgs["spec"] = {
  cloud: "aws",
  account: "111122223333",
  region: "us-east-1",
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  topics: {
    ...topics,
    "orders.archive": { retention: "forever", localRetention: "2 days", dailyVolume: "5 GiB" },
  },
  clients,
  storage: { size: "200 GiB", growTo: "1 TiB" },
};

export const awsArgs = {
  ownership,
  spec: awsSpec,
  network: {
    vpcId: "vpc-0a",
    subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"],
    clientSecurityGroupId: "sg-0c",
  },
  keys: {
    data: "arn:aws:kms:us-east-1:111122223333:key/data",
    logs: "arn:aws:kms:us-east-1:111122223333:key/logs",
  },
} satisfies AwsStreamArgs;

export const gcpSpec: GcpStreamArgs["spec"] = {
  cloud: "gcp",
  project: "acme-prod",
  projectNumber: "123456789012",
  region: "europe-west1",
  topics,
  clients,
  administrators: ["platform@acme-ops.iam.gserviceaccount.com"],
};

export const gcpArgs = {
  ownership: { ...ownership, cell: "gcp-euw1" },
  spec: gcpSpec,
  network: { subnetworkId: "projects/acme-prod/regions/europe-west1/subnetworks/nodes" },
  keys: { data: "projects/acme-prod/locations/europe-west1/keyRings/prod/cryptoKeys/stream" },
} satisfies GcpStreamArgs;

export const onpremSpec: OnpremStreamArgs["spec"] = {
  cloud: "onprem",
  topics,
  clients: {
    checkout: { ...clients.checkout, quota: { produce: "5 MiB", requestPercent: 50 } },
    billing: clients.billing,
  },
  clientNamespaces: ["shop"],
};

/** Created inside a program, because providers are resources. */
export function onpremArgs(): OnpremStreamArgs {
  return {
    ownership: { ...ownership, cell: "onprem-sel" },
    spec: onpremSpec,
    cluster: { provider: new kubernetes.Provider("cluster", { kubeconfig: "apiVersion: v1" }) },
  };
}

/** The network and keys of an AWS cell, for programs on the engine. */
export function awsGround() {
  const provider = new aws.Provider("aws", {
    region: "us-east-1",
    allowedAccountIds: ["111122223333"],
  });
  const inAccount = { provider };
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.32.0.0/16" }, inAccount);
  const subnets = ["a", "b", "c"].map(
    (letter, index) =>
      new aws.ec2.Subnet(
        `isolated-${letter}`,
        {
          vpcId: vpc.id,
          cidrBlock: `10.32.${index}.0/24`,
          availabilityZone: `us-east-1${letter}`,
        },
        inAccount,
      ),
  );
  const nodes = new aws.ec2.SecurityGroup("nodes", { vpcId: vpc.id, name: "nodes" }, inAccount);
  const key = (name: string) => new aws.kms.Key(name, { enableKeyRotation: true }, inAccount).arn;
  return {
    provider,
    network: {
      vpcId: vpc.id,
      subnetIds: subnets.map(({ id }) => id),
      clientSecurityGroupId: nodes.id,
    },
    keys: { data: key("data"), logs: key("logs") },
  };
}

/** The network and keys of a GCP cell. */
export function gcpGround() {
  const { project, region } = gcpSpec;
  const provider = new gcp.Provider("gcp", { project, region });
  const inProject = { provider };
  const network = new gcp.compute.Network(
    "vpc",
    { name: "prod", autoCreateSubnetworks: false },
    inProject,
  );
  const nodes = new gcp.compute.Subnetwork(
    "nodes",
    { region, name: "nodes", network: network.id, ipCidrRange: "10.40.0.0/20" },
    inProject,
  );
  const ring = new gcp.kms.KeyRing("ring", { location: region, name: "prod" }, inProject);
  const key = new gcp.kms.CryptoKey("stream-key", { keyRing: ring.id, name: "stream" }, inProject);
  return { network: { subnetworkId: nodes.id }, keys: { data: key.id }, provider };
}

/** A kubeconfig for the embedded cloud's on-premises site. */
export const siteKubeconfig = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  "current-context": "site",
  contexts: [{ name: "site", context: { cluster: "site", user: "site" } }],
  users: [{ name: "site", user: { token: "rehearsal" } }],
  clusters: [
    {
      name: "site",
      cluster: {
        server: "https://site.example:6443",
        extensions: [
          {
            name: "atoll.dev/rehearsal",
            extension: {
              version: "v1.35.2",
              nodes: ["a", "b", "c"].map((zone) => ({
                name: `sel-${zone}1`,
                labels: { "topology.kubernetes.io/zone": zone },
                cpu: "16",
                memory: "64Gi",
              })),
            },
          },
        ],
      },
    },
  ],
});

/** Outputs in the format of the clouds. */
export function respond({ type }: { type: string }): Record<string, unknown> | undefined {
  const id = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-7";
  switch (type) {
    case "aws:msk/cluster:Cluster":
      return { arn: `arn:aws:kafka:us-east-1:111122223333:cluster/prod-aws-use1-stream/${id}` };
    case "aws:msk/configuration:Configuration":
    case "aws:mskconnect/customPlugin:CustomPlugin":
    case "aws:mskconnect/workerConfiguration:WorkerConfiguration":
      return { latestRevision: 1 };
    case "gcp:projects/serviceIdentity:ServiceIdentity":
      return {
        member: "serviceAccount:service-123456789012@gcp-sa-managedkafka.iam.gserviceaccount.com",
      };
    default:
      return undefined;
  }
}
