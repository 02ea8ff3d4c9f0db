import type { AwsCacheArgs } from "../../../components/cache/aws.ts";
import type { GcpCacheArgs } from "../../../components/cache/gcp.ts";
import type { OnpremCacheArgs } from "../../../components/cache/onprem.ts";

export const account = "111122223333";

const ownership = {
  environment: "prod",
  owner: "platform",
  costCentre: "cc-1000",
  dataClass: "confidential",
} as const;

export function keyArn(id: string): string {
  return `arn:aws:kms:us-east-1:${account}:key/${id}`;
}

/** The smallest valid specs. */
export const awsSpec = {
  cloud: "aws",
  account,
  region: "us-east-1",
} as const satisfies AwsCacheArgs["spec"];

export const gcpSpec = {
  cloud: "gcp",
  project: "acme-prod",
  region: "europe-west1",
} as const satisfies GcpCacheArgs["spec"];

export const onpremSpec = {
  cloud: "onprem",
  passwordsSecret: "cache-users",
  issuer: "site-ca",
} as const satisfies OnpremCacheArgs["spec"];

export const awsArgs: AwsCacheArgs = {
  ownership: { ...ownership, cell: "aws-use1" },
  spec: awsSpec,
  network: { vpcId: "vpc-0a", isolatedSubnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"] },
  cluster: { clusterSecurityGroupId: "sg-0c" },
  keys: { data: keyArn("data"), logs: keyArn("logs") },
};

export const gcpArgs: GcpCacheArgs = {
  ownership: { ...ownership, cell: "gcp-euw1" },
  spec: gcpSpec,
  network: {
    networkId: "projects/acme-prod/global/networks/prod-gcp-euw1-vpc",
    subnetworkId: "projects/acme-prod/regions/europe-west1/subnetworks/prod-gcp-euw1-nodes",
  },
  keys: { data: "projects/acme-prod/locations/europe-west1/keyRings/prod/cryptoKeys/data" },
};

export const onpremOwnership = { ...ownership, cell: "onprem-sel" };
