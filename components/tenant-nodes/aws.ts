import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import { type KarpenterPool, nodePoolKind, nodePoolSpec } from "../node-pool/aws-karpenter-pool.ts";
import { nodeClassName } from "../node-pool/aws-node-class.ts";
import { profiles } from "../node-pool/disruption.ts";
import { poolOf } from "./plan.ts";
import { type AwsTenantNodesInput, awsTenantNodesSpec } from "./schema.ts";

export interface AwsTenantNodesArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsTenantNodesInput & { readonly pool: object };
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * The nodes of a tenant on AWS: a NodePool of Karpenter with the EC2NodeClass of the cell, and a taint that keeps pods of others away.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsTenantNodes extends BlueprintComponent {
  /** The value of the label `atoll.dev/pool` on the nodes. */
  readonly pool: pulumi.Output<string>;

  constructor(name: string, args: AwsTenantNodesArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsTenantNodesSpec, args.spec, name);
    super("tenant-nodes", "AwsTenantNodes", name, args, { spec }, opts);
    // The tier's schema has no class "system".
    const pool = spec.pool as KarpenterPool;
    const key = poolOf(spec.tenant);
    const wanted = nodePoolSpec(key, pool, nodeClassName);
    const made = new kubernetes.apiextensions.CustomResource(
      this.named(),
      { ...nodePoolKind, metadata: { name: key }, spec: wanted },
      this.child({
        provider: args.cluster.provider,
        // A NodePool is deleted after its last instance, and each can wait for its pods. The default is 10 minutes.
        customTimeouts: { delete: profiles[pool.class].removal },
      }),
    );
    this.pool = made.metadata.name;
    this.registerOutputs({ pool: this.pool });
  }
}
