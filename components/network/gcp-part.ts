import type * as gcp from "@pulumi/gcp";
import type { ComponentArgs } from "../core/component.ts";
import type { GcpNetworkSpec } from "./gcp-schema.ts";
import type { GcpNetworkPlan } from "./plan.ts";

/** The common arguments of the parts of a GCP network. */
export interface GcpNetworkPart extends ComponentArgs {
  readonly spec: GcpNetworkSpec;
  readonly plan: GcpNetworkPlan;
  readonly network: gcp.compute.Network;
}
