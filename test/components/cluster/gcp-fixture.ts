/** A GKE cluster as small as it may be. */
import type { GcpClusterArgs } from "../../../components/cluster/gcp.ts";
import { ownership as tests } from "../../support/ownership.ts";

const ownership = { ...tests, cell: "gcp-euw1" };

export const spec = {
  cloud: "gcp",
  name: "prod-gcp-euw1",
  project: "acme-prod",
  region: "europe-west1",
  zones: ["europe-west1-b", "europe-west1-c", "europe-west1-d"],
  version: "1.35",
} as const satisfies GcpClusterArgs["spec"];

export const args: GcpClusterArgs = {
  spec,
  ownership,
  network: {
    networkSelfLink: "projects/acme-prod/global/networks/vpc",
    subnetworkSelfLink: "projects/acme-prod/regions/europe-west1/subnetworks/nodes",
    podRangeName: "pods",
    serviceRangeName: "services",
  },
  keys: { clusterSecrets: "keys/secrets", volumes: "keys/volumes" },
};
