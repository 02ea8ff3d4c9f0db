/** The arguments of databases and caches in tests other than the spec, per cloud. */
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

export const awsData = {
  ownership: { ...ownership, cell: "aws-use1" },
  network: { vpcId: "vpc-0a", isolatedSubnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"] },
  cluster: { clusterSecurityGroupId: "sg-0c" },
  keys: { data: keyArn("data"), logs: keyArn("logs") },
} as const;

export const gcpData = {
  ownership: { ...ownership, cell: "gcp-euw1" },
  network: {
    networkId: "projects/acme-prod/global/networks/prod-gcp-euw1-vpc",
    subnetworkId: "projects/acme-prod/regions/europe-west1/subnetworks/prod-gcp-euw1-nodes",
  },
  keys: { data: "projects/acme-prod/locations/europe-west1/keyRings/prod/cryptoKeys/data" },
} as const;

export const onpremOwnership = { ...ownership, cell: "onprem-sel" } as const;
