import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { physicalName } from "../core/naming.ts";
import { parseSpec } from "../core/spec.ts";
import { tagsOf } from "../core/tags.ts";
import { gcpNodePoolArgs } from "../node-pool/gcp-args.ts";
import { planNodePools } from "../node-pool/gcp-plan.ts";
import { poolOf } from "./plan.ts";
import { type GcpTenantNodesInput, gcpTenantNodesSpec } from "./schema.ts";

export interface GcpTenantNodesArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpTenantNodesInput & { readonly pool: object };
  /** The encryption key of boot disks: the environment's key for volumes. */
  readonly volumesKey: pulumi.Input<string>;
}

/**
 * The nodes of a tenant on Google Cloud: node pools of its own, with a taint that keeps pods of others away. On-demand capacity is one
 * node pool, spot capacity one for each machine series.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpTenantNodes extends BlueprintComponent {
  /** The value of the label `atoll.dev/pool` on the nodes. */
  readonly pool: pulumi.Output<string>;

  constructor(name: string, args: GcpTenantNodesArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpTenantNodesSpec, args.spec, name);
    super("tenant-nodes", "GcpTenantNodes", name, args, { spec }, opts);
    const { tenant, pool, cluster, zones } = spec;
    if (pool === undefined) throw new TypeError("nodes of a tenant need a pool");
    const key = poolOf(tenant);
    const made = planNodePools({ [key]: pool }, zones.length).map((plan) => {
      const planned = gcpNodePoolArgs({
        plan,
        pool,
        place: spec,
        cluster: {
          clusterName: pulumi.output(cluster.name),
          location: cluster.location,
          nodeServiceAccountEmail: pulumi.output(cluster.nodeAccount),
          volumesKey: pulumi.output(args.volumesKey),
        },
        resourceLabels: tagsOf(args.ownership, "tenant-nodes"),
      });
      return new gcp.container.NodePool(
        this.named(plan.key),
        { ...planned, name: physicalName("gke-node-pool", [plan.key]) },
        // Only the initial size: the autoscaler changes it, and another value would replace the node pool.
        this.child({ ignoreChanges: ["initialNodeCount"] }),
      ).id;
    });
    this.pool = pulumi.all(made).apply(() => key);
    this.registerOutputs({ pool: this.pool });
  }
}
