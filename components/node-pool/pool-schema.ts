/** Common settings of node pools on all clouds. */
import { z } from "zod";

/** The workload class controls the disruption of nodes. */
export const workloadClasses = ["stateless", "batch", "stateful", "system"] as const;
export type WorkloadClass = (typeof workloadClasses)[number];

/** `spot-with-fallback` uses spot capacity while it is available, otherwise on-demand capacity. */
export const capacities = ["spot", "on-demand", "spot-with-fallback"] as const;
export type Capacity = (typeof capacities)[number];

export const architectures = ["amd64", "arm64"] as const;
export type Architecture = (typeof architectures)[number];

export const taintEffects = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;
export type TaintEffect = (typeof taintEffects)[number];

/** Pool keys are part of physical names and of names of Kubernetes objects. */
export const poolKey = z.string().regex(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/, {
  error: "must be a key of 1 to 20 lower case letters, digits and hyphens, starting with a letter",
});

const reservedDomain =
  /(^|\.)(kubernetes\.io|k8s\.io|karpenter\.sh|karpenter\.k8s\.aws|eks\.amazonaws\.com|cloud\.google\.com)$/;

const labelKey = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/, {
    error: 'must be a Kubernetes label key such as "example.com/team"',
  })
  .refine((key) => !key.includes("/") || !reservedDomain.test(key.split("/")[0] ?? ""), {
    error: "must not be in a domain that Kubernetes or the cloud reserves; use a domain of yours",
  });

const labelValue = z.string().regex(/^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/, {
  error:
    "must be a Kubernetes label value: at most 63 letters, digits, dots, hyphens and underscores, in quotes",
});

const taint = z.strictObject({
  /** @default "" */
  value: labelValue.default(""),
  effect: z.enum(taintEffects),
});

const wholeNumber = (low: number, high: number) =>
  z
    .int({ error: `must be a whole number from ${low} to ${high}` })
    .min(low, { error: `must be a whole number from ${low} to ${high}` })
    .max(high, { error: `must be a whole number from ${low} to ${high}` });

/** A range of whole numbers, both ends included. */
export function range(low: number, high: number) {
  return z
    .strictObject({ min: wholeNumber(low, high), max: wholeNumber(low, high) })
    .refine(({ min, max }) => min <= max, {
      path: ["min"],
      error: "must not be greater than max",
    });
}

/** The fields of every pool. */
export const poolFields = {
  class: z.enum(workloadClasses),
  capacity: z.enum(capacities),
  /** Number of nodes. */
  size: range(0, 1000),
  /**
   * CPU architectures of the pool's images.
   * @default ["amd64"]
   */
  architectures: z
    .array(z.enum(architectures))
    .min(1, { error: "must name at least one architecture" })
    .refine((given) => new Set(given).size === given.length, {
      error: "must name each architecture once",
    })
    .default(["amd64"]),
  /** @default {} */
  labels: z.record(labelKey, labelValue).default({}),
  /** By the taint's key. @default {} */
  taints: z.record(labelKey, taint).default({}),
};

type SharedPool = Pick<z.output<z.ZodObject<typeof poolFields>>, "class" | "capacity" | "size">;

/** Checks across a pool's fields on every cloud, for `.superRefine`. */
export function refinePool(pool: SharedPool, context: z.RefinementCtx): void {
  if (pool.capacity !== "on-demand" && ["stateful", "system"].includes(pool.class)) {
    context.addIssue({
      code: "custom",
      path: ["capacity"],
      input: pool.capacity,
      message: `must be "on-demand" for the class "${pool.class}": spot capacity is interrupted with two minutes' notice`,
    });
  }
  if (pool.class === "system" && pool.size.min === 0) {
    context.addIssue({
      code: "custom",
      path: ["size", "min"],
      input: pool.size.min,
      message:
        'must be at least 1 for the class "system": the cluster\'s own controllers run there',
    });
  }
  if (pool.size.max === 0) {
    context.addIssue({
      code: "custom",
      path: ["size", "max"],
      input: pool.size.max,
      message: "must be at least 1; to remove the pool, omit it",
    });
  }
}
