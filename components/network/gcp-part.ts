import type * as gcp from "@pulumi/gcp";
import type { ComponentArgs } from "../core/component.ts";
import type { GcpNetworkSpec } from "./gcp-schema.ts";
import type { GcpNetworkPlan } from "./plan.ts";

/** What every part of a GCP network is given. */
export interface GcpNetworkPart extends ComponentArgs {
  readonly spec: GcpNetworkSpec;
  readonly plan: GcpNetworkPlan;
  readonly network: gcp.compute.Network;
}
