import { z } from "zod";
import { isRecord, poolsIn, regardless } from "./across-pools.ts";
import { machines, seriesNames } from "./gcp-machines.ts";
import { poolFields, poolKey, range, refinePool } from "./pool-schema.ts";

const gcpPool = z
  .strictObject({
    ...poolFields,
    /**
     * Machine series, in order of preference, for example `[n4, c4]`.
     * @default every series, best price for performance first
     */
    families: z
      .array(z.enum(seriesNames))
      .min(1, { error: "must name at least one machine series" })
      .refine((given) => new Set(given).size === given.length, {
        error: "must name each series once",
      })
      .optional(),
    /**
     * Size of one node.
     * @default { min: 4, max: 32 }
     */
    vcpus: range(1, 384).default({ min: 4, max: 32 }),
    /** Boot disk of one node, in GiB: images, logs, and what pods write outside of volumes. @default 100 */
    diskGiB: z
      .int({ error: "must be a whole number of GiB" })
      .min(50, { error: "must be at least 50 GiB: the node image takes about 20" })
      .max(2000, { error: "must be at most 2000 GiB" })
      .default(100),
    /** Keeps memory encrypted in use (Confidential GKE Nodes); leaves the series that can. @default false */
    confidential: z.boolean().default(false),
    /** Network tags of the nodes, for firewall rules of one's own. @default [] */
    networkTags: z
      .array(
        z.string().regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, {
          error: "must be 1 to 63 lower case letters, digits and hyphens, starting with a letter",
        }),
      )
      .max(64)
      .default([]),
    businessHours: z
      .never({
        error:
          "cannot be kept on GKE, which has no disruption budgets of node pools: set cluster.maintenance to hours outside of them, and PodDisruptionBudgets on workloads",
      })
      .optional(),
  })
  .superRefine(refinePool)
  .superRefine((pool, context) => {
    if (machines(pool).length > 0) return;
    const field = pool.confidential ? "confidential" : pool.families ? "families" : "vcpus";
    context.addIssue({
      code: "custom",
      path: [field],
      input: pool[field],
      message: pool.confidential
        ? "must leave a machine series that keeps memory encrypted: n2d, c3d, c4d and c3, all of them amd64"
        : "must leave a machine series: widen vcpus, families or architectures",
    });
  });

/** `nodePools` in the manifest of a GCP cell: pools by a stable key. */
export const gcpNodePoolsSettings = z.record(poolKey, gcpPool).superRefine((written, context) => {
  const pools = poolsIn(written);
  for (const [key, { capacity }] of pools) {
    if (capacity !== "spot-with-fallback" || !/^(default$|autopilot|gke-)/.test(key)) continue;
    context.addIssue({
      code: "custom",
      path: [key],
      input: key,
      message:
        'must have another key: its ComputeClass is named after it, and GKE keeps "default", "autopilot..." and "gke-..." for itself',
    });
  }
  if (!isRecord(written) || pools.some(([, pool]) => pool.class === "system")) return;
  context.addIssue({
    code: "custom",
    path: [],
    input: Object.keys(written),
    message: 'must have a pool of the class "system": the cluster\'s DNS and metrics run there',
  });
}, regardless);

/** From this version on GKE leaves away its own taint on Arm nodes when told to: 1.35.0-gke.2141000. */
const firstWithoutArmTaint = "1.35";

/** Arm pools need a cluster whose Arm nodes can be had without GKE's taint, which the platform's own pods do not tolerate. */
export function refineArchitectures(
  { version, pools }: { readonly version: unknown; readonly pools: unknown },
  context: z.RefinementCtx,
): void {
  if (typeof version !== "string") return;
  const minor = Number(/^1\.(\d+)$/.exec(version)?.[1]);
  if (!(minor < Number(firstWithoutArmTaint.split(".")[1]))) return;
  for (const [key, { architectures }] of poolsIn(pools)) {
    if (!Array.isArray(architectures) || !architectures.includes("arm64")) continue;
    context.addIssue({
      code: "custom",
      path: ["pools", key, "architectures"],
      input: architectures,
      message: `must be ["amd64"] below cluster version ${firstWithoutArmTaint}: older ones taint every Arm node`,
    });
  }
}

export type GcpPool = z.output<typeof gcpPool>;
