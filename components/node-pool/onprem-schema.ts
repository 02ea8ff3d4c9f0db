import { z } from "zod";
import { nodeName } from "../cluster/onprem-schema.ts";
import { sizeText } from "../core/units.ts";
import { isRecord, poolsIn, regardless } from "./across-pools.ts";
import { poolFields, poolKey, refinePool } from "./pool-schema.ts";

const { architectures: _architectures, capacity: _capacity, ...shared } = poolFields;

const onpremPool = z
  .strictObject({
    ...shared,
    capacity: z.literal("on-demand", {
      error: 'must be "on-demand": spot capacity is not supported on-premises',
    }),
    /** Names of the nodes in the cluster. */
    nodes: z
      .array(nodeName)
      .min(1, { error: "must name at least one node" })
      .refine((given) => new Set(given).size === given.length, {
        error: "must name each node once",
      }),
    /**
     * What pods can request of each node at least, as `kubectl describe node` shows it below `Allocatable`, for capacity planning.
     * @default not known: CPUs and memory of tenants are not checked
     */
    allocatable: z
      .strictObject({ cpu: z.number().positive().max(1024), memory: sizeText() })
      .optional(),
  })
  .superRefine(refinePool)
  .superRefine(({ size, nodes }, context) => {
    const fits = size.min <= nodes.length && nodes.length <= size.max;
    if (fits || size.min > size.max) return;
    context.addIssue({
      code: "custom",
      path: ["size"],
      input: size,
      message: `must include the number of nodes, ${nodes.length}: the pool does not scale`,
    });
  });

/** `nodePools` in the manifest of an on-premises cell: pools by a stable key. */
export const onpremNodePoolsSettings = z
  .record(poolKey, onpremPool)
  .superRefine((written, context) => {
    if (isRecord(written) && Object.keys(written).length === 0) {
      context.addIssue({
        code: "custom",
        path: [],
        input: written,
        message: "must have at least one pool: a cell without nodes runs nothing",
      });
    }
    const owners = new Map<unknown, string>();
    for (const [key, { nodes }] of poolsIn(written)) {
      for (const [index, node] of (Array.isArray(nodes) ? nodes : []).entries()) {
        const owner = owners.get(node);
        if (owner === undefined) owners.set(node, key);
        else if (owner !== key) {
          context.addIssue({
            code: "custom",
            path: [key, "nodes", index],
            input: node,
            message: `must be in one pool only, and is already in "${owner}"`,
          });
        }
      }
    }
  }, regardless);

export type OnpremPool = z.output<typeof onpremPool>;
