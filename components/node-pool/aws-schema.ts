import { z } from "zod";
import { businessHoursSchema } from "../core/schedule.ts";
import { nodeClaimRequirements } from "../core/service-limits.ts";
import { familyNames, fitting, steadyTypes } from "./aws-instances.ts";
import { poolFields, poolKey, range, refinePool } from "./pool-schema.ts";

/**
 * The minimum for reliable spot capacity: with fewer types Karpenter does not replace a spot node with a cheaper one ("Spot
 * consolidation", Karpenter documentation 1.14).
 */
export const leastSpotTypes = 15;

/** The others are those of the pool (12 at most) and of pods. */
const mostLabels = nodeClaimRequirements - 20;

export const awsPool = z
  .strictObject({
    ...poolFields,
    /**
     * Instance families to choose from, for example `[m7g, c7g]`.
     * @default all current families of the categories c, m and r
     */
    families: z.array(z.enum(familyNames)).min(1).optional(),
    /**
     * Size of one node.
     * @default { min: 2, max: 32 }
     */
    vcpus: range(1, 192).default({ min: 2, max: 32 }),
    /** No voluntary disruption of nodes in these hours. @default none */
    businessHours: businessHoursSchema.optional(),
  })
  .superRefine(refinePool)
  .superRefine((pool, context) => {
    const problem = (path: string[], input: unknown, message: string) =>
      context.addIssue({ code: "custom", path, input, message });
    if (pool.class !== "system" && pool.size.min > 0 && pool.size.min <= pool.size.max) {
      problem(
        ["size", "min"],
        pool.size.min,
        "must be 0: Karpenter provisions nodes for pending pods, and keeps none without pods",
      );
    }
    if (pool.class === "system" && pool.architectures.length > 1) {
      problem(
        ["architectures"],
        pool.architectures,
        'must be one architecture for the class "system": a managed node group has one machine image',
      );
    }
    if (pool.class === "system" && Object.keys(pool.taints).length > 0) {
      problem(
        ["taints"],
        pool.taints,
        'must be empty for the class "system": its nodes have the taint CriticalAddonsOnly, and pods there tolerate no other',
      );
    }
    if (pool.class === "system" && pool.businessHours) {
      problem(
        ["businessHours"],
        pool.businessHours,
        'is not supported for the class "system": a managed node group has no disruption budgets',
      );
    }
    const labels = Object.keys(pool.labels).length;
    if (pool.class !== "system" && labels > mostLabels) {
      problem(
        ["labels"],
        labels,
        `must be at most ${mostLabels}: Karpenter makes each a requirement of a node, which has ${nodeClaimRequirements} with those of the pool and of pods`,
      );
    }
    const managed = pool.class === "system";
    const types = (managed ? steadyTypes : fitting)(pool).length;
    const least = managed || pool.capacity === "on-demand" ? 1 : leastSpotTypes;
    if (types < least) {
      problem(
        [pool.families ? "families" : "vcpus"],
        pool.families ?? pool.vcpus,
        `must allow at least ${least} instance types for "${pool.capacity}", and allows ${types}: widen vcpus, families or architectures`,
      );
    }
  });

/** `nodePools` in the manifest of an AWS cell: pools by a stable key. */
export const awsNodePoolsSettings = z.record(poolKey, awsPool).superRefine((pools, context) => {
  if (Object.values(pools).some((pool) => pool.class === "system")) return;
  context.addIssue({
    code: "custom",
    path: [],
    input: Object.keys(pools),
    message: 'must have a pool of the class "system": Karpenter and the cluster\'s DNS run there',
  });
});

export type AwsPool = z.output<typeof awsPool>;
