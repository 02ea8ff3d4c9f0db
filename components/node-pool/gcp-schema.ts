import { z } from "zod";
import { isRecord, poolsIn, regardless } from "./across-pools.ts";
import { machines, seriesNames } from "./gcp-machines.ts";
import { poolFields, poolKey, range, refinePool } from "./pool-schema.ts";

export const gcpPool = z
  .strictObject({
    ...poolFields,
    /**
     * Machine series, in order of preference, for example `[n4, c4]`.
     * @default every series, best price-performance first
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
    /** Boot disk size of one node in GiB, for images, logs and ephemeral storage. @default 100 */
    diskGiB: z
      .int({ error: "must be a whole number of GiB" })
      .min(50, { error: "must be at least 50 GiB: the node image takes about 20" })
      .max(2000, { error: "must be at most 2000 GiB" })
      .default(100),
    /** Memory encryption with Confidential GKE Nodes, which limits the series. @default false */
    confidential: z.boolean().default(false),
    /** Network tags of the nodes, for your own firewall rules. @default [] */
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
          "is not supported on GKE, which has no disruption budgets for node pools: set cluster.maintenance outside these hours, and PodDisruptionBudgets for workloads",
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
        ? "must allow a machine series with memory encryption: n2d, c3d, c4d or c3, all amd64"
        : "must allow a machine series: widen vcpus, families or architectures",
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
        'must have another key: it is the name of a ComputeClass, and GKE reserves "default", "autopilot..." and "gke-..."',
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

/** The first version in which GKE can omit its taint on Arm nodes: 1.35.0-gke.2141000. */
const firstWithoutArmTaint = "1.35";

/** Arm pools need a cluster version without GKE's taint on Arm nodes, which the platform's own pods do not tolerate. */
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
