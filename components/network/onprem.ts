import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import type { NetworkContract } from "./contract.ts";
import { type OnpremNetworkInput, onpremNetworkSchema } from "./onprem-schema.ts";
import { type OnpremNetworkPlan, planOnprem } from "./plan.ts";

export interface OnpremNetworkArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: OnpremNetworkInput;
}

/**
 * The network of an existing site. It creates no resources: its ranges and egress rules are data for other components.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremNetwork extends BlueprintComponent implements NetworkContract {
  readonly cloud = "onprem";
  readonly plan: OnpremNetworkPlan;

  constructor(name: string, args: OnpremNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremNetworkSchema, args.spec, name);
    super("network", "OnpremNetwork", name, args, { spec }, opts);
    this.plan = planOnprem(spec);
    this.registerOutputs({ plan: this.plan });
  }
}
