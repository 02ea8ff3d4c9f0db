/** An existing VPC network, as a manifest refers to it and as Google Cloud answers when asked. */
import {
  type GcpExistingNetworkSpec,
  gcpExistingNetworkSchema,
} from "../../../components/network/gcp-existing-schema.ts";

export const input = {
  cloud: "gcp",
  project: "acme-test",
  region: "europe-west1",
  cidr: "10.36.0.0/16",
  existing: { network: "prod", subnetwork: "nodes", podRange: "pods", serviceRange: "services" },
} as const;

export const spec: GcpExistingNetworkSpec = gcpExistingNetworkSchema.parse(input);

const compute = "https://www.googleapis.com/compute/v1/";
export const networkId = "projects/acme-test/global/networks/prod";
export const subnetworkId = "projects/acme-test/regions/europe-west1/subnetworks/nodes";

/** A network that passes every check. */
export const suitableFacts = {
  network: { facts: { id: networkId, selfLink: compute + networkId } },
  subnetwork: {
    facts: {
      id: subnetworkId,
      selfLink: compute + subnetworkId,
      network: compute + networkId,
      cidr: "10.36.128.0/20",
      privateGoogleAccess: true,
      ranges: { pods: "10.36.0.0/17", services: "192.168.0.0/20" },
    },
  },
} as const;
