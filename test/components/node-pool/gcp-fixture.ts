/** Node pools of every capacity on GKE. */
import type { GcpNodePoolsArgs } from "../../../components/node-pool/gcp.ts";
import { ownership as tests } from "../../support/ownership.ts";

export const ownership = { ...tests, cell: "gcp-euw1" };

export const place = {
  project: "acme-prod",
  region: "europe-west1",
  zones: ["europe-west1-b", "europe-west1-c", "europe-west1-d"],
};

export type Spec = GcpNodePoolsArgs["spec"];
export const spec: Spec = {
  cloud: "gcp",
  version: "1.35",
  ...place,
  pools: {
    system: { class: "system", capacity: "on-demand", size: { min: 3, max: 6 } },
    general: { class: "stateless", capacity: "spot-with-fallback", size: { min: 0, max: 40 } },
    batch: { class: "batch", capacity: "spot", size: { min: 0, max: 60 } },
    data: {
      class: "stateful",
      capacity: "on-demand",
      size: { min: 3, max: 9 },
      labels: { "acme.example/tier": "data" },
      taints: { "acme.example/data": { value: "true", effect: "NoExecute" } },
      networkTags: ["databases"],
    },
  },
};
