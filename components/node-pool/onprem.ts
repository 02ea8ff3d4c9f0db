import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { OnpremCluster } from "../cluster/onprem.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import type { NodePool, NodePoolsContract } from "./contract.ts";
import { nodeLabels } from "./labels.ts";
import type { OnpremPool } from "./onprem-schema.ts";
import { priorityClasses } from "./priority-classes.ts";
import { onpremNodePoolsSpec } from "./schema.ts";

export interface OnpremNodePoolsArgs extends ComponentArgs {
  /** `nodePools` of the manifest as `pools`. */
  readonly spec: z.input<typeof onpremNodePoolsSpec>;
  readonly cluster: OnpremCluster;
}

/**
 * Existing nodes of an existing cluster, assigned to pools with labels and taints. Nothing else of a node changes. Labels and taints
 * are released when a node leaves its pool.
 *
 * @example
 * new OnpremNodePools("pools", { spec, ownership, cluster });
 */
export class OnpremNodePools extends BlueprintComponent implements NodePoolsContract {
  readonly cloud = "onprem";
  readonly pools: Readonly<Record<string, NodePool>>;

  constructor(name: string, args: OnpremNodePoolsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremNodePoolsSpec, args.spec, `node pools "${name}"`);
    super("node-pool", "OnpremNodePools", name, args, { spec }, opts);
    const { provider } = args.cluster;
    for (const [key, pool] of Object.entries(spec.pools)) {
      for (const node of pool.nodes) this.#nodePatch(key, pool, node, provider);
    }
    this.#priorityClasses(args.cluster);
    this.pools = spec.pools;
    this.registerOutputs({ pools: this.pools });
  }

  #nodePatch(key: string, pool: OnpremPool, node: string, provider: kubernetes.Provider) {
    const taints = Object.entries(pool.taints).map(([taint, { value, effect }]) => ({
      key: taint,
      value,
      effect,
    }));
    new kubernetes.core.v1.NodePatch(
      this.named(`pool-${key}-${node}`),
      {
        metadata: {
          name: node,
          labels: nodeLabels(key, pool),
          annotations: {
            // One field manager for all deployments, so that a lost state does not leave labels without an owner.
            "pulumi.com/patchFieldManager": "atoll",
            // Taints of a node are one atomic list, which controllers also change: without force, each of their taints would be a
            // conflict. Labels have separate owners, so a conflict there is a label of another owner.
            ...(taints.length > 0 ? { "pulumi.com/patchForce": "true" } : {}),
          },
        },
        ...(taints.length > 0 ? { spec: { taints } } : {}),
      },
      this.child({ provider }),
    );
  }

  #priorityClasses({ provider, spec }: OnpremCluster) {
    // A cluster can have only one default.
    const siteHasDefault = spec.defaultClasses.priority !== undefined;
    for (const [key, { name, globalDefault, ...settings }] of Object.entries(priorityClasses)) {
      new kubernetes.scheduling.v1.PriorityClass(
        this.named(`priority-${key}`),
        { metadata: { name }, ...settings, globalDefault: globalDefault && !siteHasDefault },
        this.child({ provider }),
      );
    }
  }
}
