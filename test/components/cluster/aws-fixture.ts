import type { AwsClusterArgs } from "../../../components/cluster/aws.ts";

export const ownership = {
  environment: "local",
  cell: "aws-use1",
  owner: "platform",
  costCentre: "cc-1000",
  dataClass: "internal",
} as const;

export const account = "111122223333";

export const admin = `arn:aws:iam::${account}:role/platform-admin`;

/** The smallest valid spec. */
export const clusterSpec = {
  cloud: "aws",
  name: "local-aws-use1",
  region: "us-east-1",
  account,
  version: "1.35",
  access: { "platform-admins": { principalArn: admin, policy: "cluster-admin" } },
} as const;

export function keyArn(id: string): string {
  return `arn:aws:kms:us-east-1:${account}:key/${id}`;
}

export function clusterArgs(changes: Partial<AwsClusterArgs> = {}): AwsClusterArgs {
  return {
    ownership,
    spec: clusterSpec,
    network: { privateSubnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"] },
    keys: { clusterSecrets: keyArn("secrets"), logs: keyArn("logs"), volumes: keyArn("volumes") },
    ...changes,
  };
}
