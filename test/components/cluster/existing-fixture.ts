/** Existing clusters: the specs, and facts that pass every check. */
import type { z } from "zod";
import type { AwsClusterFacts, EksFacts } from "../../../components/cluster/aws-existing-checks.ts";
import {
  type AwsExistingClusterSpec,
  awsExistingClusterSpec,
} from "../../../components/cluster/aws-existing-schema.ts";
import type { GcpClusterFacts, GkeFacts } from "../../../components/cluster/gcp-existing-checks.ts";
import {
  type GcpExistingClusterSpec,
  gcpExistingClusterSpec,
} from "../../../components/cluster/gcp-existing-schema.ts";
import { account, keyArn } from "./aws-fixture.ts";

export const awsInput = {
  cloud: "aws",
  name: "prod-aws-use1",
  region: "us-east-1",
  account,
  version: "1.35",
  existing: { name: "Shop_1" },
  vpcId: "vpc-01",
  otherCells: ["10.48.0.0/16"],
} as const satisfies z.input<typeof awsExistingClusterSpec>;

export const awsSpec: AwsExistingClusterSpec = awsExistingClusterSpec.parse(awsInput);

export const eks: EksFacts = {
  arn: `arn:aws:eks:us-east-1:${account}:cluster/Shop_1`,
  status: "ACTIVE",
  version: "1.35",
  vpcId: "vpc-01",
  endpoint: "https://0123.gr7.us-east-1.eks.amazonaws.com",
  certificateAuthority: "LS0t",
  oidcIssuer: "https://oidc.eks.us-east-1.amazonaws.com/id/0123",
  clusterSecurityGroupId: "sg-01",
  privateEndpoint: true,
  publicCidrs: [],
  authenticationMode: "API_AND_CONFIG_MAP",
  autoMode: false,
  ipFamily: "ipv4",
  serviceCidr: "172.20.0.0/16",
};

export function awsFacts(changes: Partial<EksFacts> = {}): AwsClusterFacts {
  return {
    cluster: { facts: { ...eks, ...changes } },
    secretsKey: { facts: keyArn("secrets") },
    podIdentityAgent: { facts: { version: "v1.3.10-eksbuild.3" } },
    networkPlugin: { facts: { networkPolicy: "true", ownRole: true } },
  };
}

export const gcpInput = {
  cloud: "gcp",
  name: "prod-gcp-euw1",
  project: "acme-prod",
  region: "europe-west1",
  zones: ["europe-west1-b", "europe-west1-c", "europe-west1-d"],
  version: "1.35",
  existing: { name: "shop" },
  network: { network: "prod", subnetwork: "nodes", podRange: "pods", serviceRange: "services" },
} as const satisfies z.input<typeof gcpExistingClusterSpec>;

export const gcpSpec: GcpExistingClusterSpec = gcpExistingClusterSpec.parse(gcpInput);

export const gke: GkeFacts = {
  version: "1.36.2-gke.1085000",
  autopilot: false,
  network: "projects/acme-prod/global/networks/prod",
  subnetwork: "projects/acme-prod/regions/europe-west1/subnetworks/nodes",
  podRange: "pods",
  serviceRange: "services",
  privateNodes: true,
  publicEndpoint: false,
  authorizedNetworks: undefined,
  googlePublicAddresses: false,
  dnsEndpoint: "gke-0123-1.europe-west1.gke.goog",
  ipEndpoint: "172.16.0.2",
  certificateAuthority: "LS0t",
  workloadPool: "acme-prod.svc.id.goog",
  datapath: "ADVANCED_DATAPATH",
  calico: false,
  encryption: "ENCRYPTED",
  legacyAuthorization: false,
  persistentDiskDriver: true,
};

export function gcpFacts(changes: Partial<GkeFacts> = {}): GcpClusterFacts {
  return { cluster: { facts: { ...gke, ...changes } } };
}
