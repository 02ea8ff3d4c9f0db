import type { AwsPrivateDnsArgs } from "../../../components/private-dns/aws.ts";
import type { GoogleDnsHubArgs } from "../../../components/private-dns/google-hub.ts";
import {
  type DnsPlan,
  type Link,
  type Neighbours,
  planDns,
} from "../../../components/private-dns/plan.ts";
import { type DnsCell, googleHub } from "../../../components/private-dns/resolvers.ts";
import type {
  AwsPrivateDnsInput,
  GcpPrivateDnsInput,
  GoogleHubInput,
  OnpremPrivateDnsInput,
} from "../../../components/private-dns/schema.ts";
import { googleHubSpecOf, privateDnsSpec } from "../../../components/private-dns/specs.ts";

export const supernet = "10.32.0.0/11";
export const domain = "prod.acme.internal";

/** One cell per cloud, as in the sample footprint. */
export const aws: DnsCell = {
  name: "aws-use1",
  cloud: "aws",
  cidr: "10.32.0.0/16",
  account: "111122223333",
  region: "us-east-1",
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
};
export const gcp: DnsCell = {
  name: "gcp-euw1",
  cloud: "gcp",
  cidr: "10.36.0.0/16",
  project: "acme-prod",
};
export const site: DnsCell = {
  name: "onprem-sel",
  cloud: "onprem",
  cidr: "10.40.0.0/16",
  resolvers: ["10.40.0.10", "10.40.0.11"],
};
export const cells = [aws, gcp, site];

/** A matrix in which all cells can reach each other. */
export const mesh = (some: readonly DnsCell[]): Link[] =>
  some.flatMap((one, i) => some.slice(i + 1).map((other): Link => [one.name, other.name]));

/** The settings of a resolver, by its name. */
export function neighboursOf(plan: DnsPlan, name: string): Neighbours | undefined {
  if (name === googleHub) return plan.hub;
  const cell = plan.cells[name];
  return cell?.cloud === "aws" ? cell.resolvers : cell?.cloud === "onprem" ? cell : undefined;
}

const ownership = {
  environment: "prod",
  owner: "platform",
  costCentre: "cc-1000",
  dataClass: "internal",
} as const;

const plan = planDns({ domain }, supernet, cells, mesh(cells));

const specOf = <Spec>(cell: DnsCell) =>
  privateDnsSpec(plan, cell, { retentionDays: 365 }) as unknown as Spec;

/** Arguments of the components from the plan of three clouds. */
export function awsArgs(
  changed: Partial<AwsPrivateDnsInput> = {},
  rest: Partial<AwsPrivateDnsArgs> = {},
) {
  return {
    cloud: "aws",
    ownership: { ...ownership, cell: "aws-use1" },
    spec: { ...specOf<AwsPrivateDnsInput>(aws), ...changed },
    network: { vpcId: "vpc-0a", privateSubnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"] },
    logsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/logs",
    ...rest,
  } as const;
}

const hubNetworkId = "projects/acme-prod/global/networks/prod-hub";

export const gcpArgs = {
  cloud: "gcp",
  ownership: { ...ownership, cell: "gcp-euw1" },
  spec: specOf<GcpPrivateDnsInput>(gcp),
  network: { networkId: "projects/acme-prod/global/networks/prod-gcp-euw1-vpc" },
  hubNetworkId,
} as const;

export const hubArgs: GoogleDnsHubArgs = {
  ownership,
  spec: googleHubSpecOf(plan, { project: "acme-prod", region: "europe-west1" }) as GoogleHubInput,
  networkId: hubNetworkId,
};

export const siteArgs = {
  cloud: "onprem",
  ownership: { ...ownership, cell: "onprem-sel" },
  spec: specOf<OnpremPrivateDnsInput>(site),
} as const;
