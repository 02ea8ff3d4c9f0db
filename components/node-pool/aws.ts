import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { AwsClusterOutputs } from "../cluster/contract.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import { tagsOf } from "../core/tags.ts";
import { AwsKarpenter } from "./aws-karpenter.ts";
import { type KarpenterPool, nodePoolKind, nodePoolSpec } from "./aws-karpenter-pool.ts";
import { nodeClassKind, nodeClassName, nodeClassSpec } from "./aws-node-class.ts";
import { AwsNodeRole } from "./aws-node-role.ts";
import type { AwsPool } from "./aws-schema.ts";
import { AwsSystemAddons } from "./aws-system-addons.ts";
import { AwsSystemNodes } from "./aws-system-nodes.ts";
import type { NodePool, NodePoolsContract } from "./contract.ts";
import { profiles } from "./disruption.ts";
import { priorityClassesOf } from "./priority-classes.ts";
import { awsNodePoolsSpec } from "./schema.ts";

export interface AwsNodePoolsArgs extends ComponentArgs {
  /** `nodePools` of the cell's manifest as `pools`, with cloud, region and account. */
  readonly spec: z.input<typeof awsNodePoolsSpec>;
  readonly cluster: AwsClusterOutputs;
}

/**
 * The nodes of an EKS cluster: a managed node group for each pool of the class `system`, Karpenter for all others, and the add-ons that
 * need nodes: DNS, the EBS CSI driver, the default storage class.
 *
 * Creation order: role, system nodes, DNS and volumes, Karpenter, its pools. Deletion is in reverse order, so that Karpenter can
 * terminate its instances.
 */
export class AwsNodePools extends BlueprintComponent implements NodePoolsContract {
  readonly cloud = "aws";
  readonly pools: Readonly<Record<string, NodePool>>;

  constructor(name: string, args: AwsNodePoolsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsNodePoolsSpec, args.spec, `node pools "${name}"`);
    super("node-pool", "AwsNodePools", name, args, { spec }, opts);
    this.pools = spec.pools;
    const pools = Object.entries(spec.pools);
    const system = pools.filter(([, pool]) => pool.class === "system");

    const nodes = this.#systemNodes(args, system);
    const addons = this.#systemAddons(args, nodes);
    this.#priorityClasses(args.cluster, nodes);
    const karpenter = new AwsKarpenter(
      this.named("karpenter"),
      {
        ownership: args.ownership,
        cluster: args.cluster,
        systemNodes: system.reduce((sum, [, pool]) => sum + pool.size.min, 0),
      },
      this.child({ dependsOn: [...nodes, ...addons] }),
    );
    const nodeClass = this.#nodeClass(args, karpenter);
    for (const [key, pool] of pools) {
      if (isKarpenters(pool)) this.#nodePool(args, key, pool, nodeClass);
    }
    this.registerOutputs({ pools: this.pools });
  }

  #systemNodes(
    { cluster, ownership }: AwsNodePoolsArgs,
    pools: readonly [string, AwsPool][],
  ): AwsSystemNodes[] {
    const role = new AwsNodeRole(
      this.named("system-role"),
      { ownership, clusterName: cluster.spec.name, nodes: "system" },
      this.child(),
    );
    return pools.map(
      ([key, pool]) =>
        new AwsSystemNodes(
          this.named(`pool-${key}`),
          { ownership, key, pool, cluster, role },
          this.child({ dependsOn: [role, ...cluster.nodesNeed] }),
        ),
    );
  }

  /** Add-ons and storage classes of an existing cluster are its owner's. */
  #systemAddons({ cluster, ownership }: AwsNodePoolsArgs, nodes: pulumi.Resource[]) {
    const { spec } = cluster;
    if (spec.existing) return [];
    const addons = new AwsSystemAddons(
      this.named("addons"),
      { ownership, retain: this.retain, cluster, spec },
      this.child({ dependsOn: nodes }),
    );
    return [addons];
  }

  /** Waits because the API server needs some seconds to recognize a new access entry, and would deny the first requests. */
  #priorityClasses({ provider, spec }: AwsClusterOutputs, after: pulumi.Resource[]): void {
    for (const [key, { name, ...settings }] of priorityClassesOf(spec)) {
      new kubernetes.scheduling.v1.PriorityClass(
        this.named(`priority-${key}`),
        { metadata: { name }, ...settings },
        this.child({ provider, dependsOn: after }),
      );
    }
  }

  #nodeClass({ cluster, ownership }: AwsNodePoolsArgs, karpenter: AwsKarpenter) {
    const wanted = nodeClassSpec({
      nodeRoleName: karpenter.nodeRole.roleName,
      privateSubnetIds: cluster.privateSubnetIds,
      securityGroupId: cluster.clusterSecurityGroupId,
      volumesKeyArn: cluster.volumesKeyArn,
      // The owner of an existing cluster configures its network plugin.
      prefixes: !cluster.spec.existing,
      tags: tagsOf(ownership, "node-pool"),
    });
    return new kubernetes.apiextensions.CustomResource(
      this.named("node-class"),
      {
        ...nodeClassKind,
        metadata: { name: nodeClassName },
        spec: wanted,
      },
      this.child({ provider: cluster.provider, dependsOn: karpenter }),
    );
  }

  #nodePool(
    { cluster }: AwsNodePoolsArgs,
    key: string,
    pool: AwsPool & KarpenterPool,
    nodeClass: pulumi.Resource,
  ): void {
    const wanted = nodePoolSpec(key, pool, nodeClassName);
    new kubernetes.apiextensions.CustomResource(
      this.named(`pool-${key}`),
      {
        ...nodePoolKind,
        metadata: { name: key },
        spec: wanted,
      },
      this.child({
        provider: cluster.provider,
        dependsOn: nodeClass,
        // A NodePool is deleted after its last instance, and each can wait for its pods. The default is 10 minutes.
        customTimeouts: { delete: profiles[pool.class].removal },
      }),
    );
  }
}

function isKarpenters(pool: AwsPool): pool is AwsPool & KarpenterPool {
  return pool.class !== "system";
}
