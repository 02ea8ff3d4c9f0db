import type { AwsDatabaseArgs } from "../../../components/database/aws.ts";
import type { GcpDatabaseArgs } from "../../../components/database/gcp.ts";
import type { OnpremDatabaseArgs } from "../../../components/database/onprem.ts";

export const account = "111122223333";

const ownership = {
  environment: "prod",
  owner: "platform",
  costCentre: "cc-1000",
  dataClass: "restricted",
} as const;

export function keyArn(id: string): string {
  return `arn:aws:kms:us-east-1:${account}:key/${id}`;
}

/** The smallest valid specs. */
export const awsSpec = {
  cloud: "aws",
  account,
  region: "us-east-1",
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
} as const satisfies AwsDatabaseArgs["spec"];

export const gcpSpec = {
  cloud: "gcp",
  project: "acme-prod",
  region: "europe-west1",
} as const satisfies GcpDatabaseArgs["spec"];

export const onpremSpec = {
  cloud: "onprem",
  archive: {
    path: "s3://acme-backups/database",
    endpoint: "https://objects.acme.example",
    credentialsSecret: "archive-credentials",
  },
} as const satisfies OnpremDatabaseArgs["spec"];

export const awsArgs: AwsDatabaseArgs = {
  ownership: { ...ownership, cell: "aws-use1" },
  spec: awsSpec,
  network: { vpcId: "vpc-0a", isolatedSubnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"] },
  cluster: { clusterSecurityGroupId: "sg-0c" },
  keys: { data: keyArn("data"), logs: keyArn("logs") },
};

export const gcpArgs: GcpDatabaseArgs = {
  ownership: { ...ownership, cell: "gcp-euw1" },
  spec: gcpSpec,
  network: {
    networkId: "projects/acme-prod/global/networks/prod-gcp-euw1-vpc",
    subnetworkId: "projects/acme-prod/regions/europe-west1/subnetworks/prod-gcp-euw1-nodes",
  },
  keys: { data: "projects/acme-prod/locations/europe-west1/keyRings/prod/cryptoKeys/data" },
};

export const onpremOwnership = { ...ownership, cell: "onprem-sel" };
