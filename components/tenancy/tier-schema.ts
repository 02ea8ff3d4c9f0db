/** The tiers of an environment: named choices of isolation, quotas and guarantees for its tenants. Plain data. */
import { z } from "zod";
import { frameworkIds } from "../core/frameworks.ts";
import { durationText } from "../core/units.ts";
import type { TenantSection } from "../section/tenant-section.ts";
import { isolationSchema } from "./isolation.ts";
import { objectivesSchema } from "./objectives.ts";
import { boundsSchema } from "./overrides.ts";

/** From least to most important. */
export const priorities = ["low", "standard", "high"] as const;
export type TierPriority = (typeof priorities)[number];

/** The name of a tier; part of the names of priority classes and levels. */
export const tierName = z.string().regex(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/, {
  error: "must be 1 to 20 lower case letters, digits and hyphens, starting with a letter",
});

/** The fields of a tier besides its isolation and those of its sections. */
export const tierFields = {
  /**
   * Whose pods are scheduled, and whose API requests are served, first.
   * @default "standard"
   */
  priority: z.enum(priorities).default("standard"),
  /** @default {} */
  slos: objectivesSchema.default({}),
  /** The rate plan of requests from outside. @default none: the tenant is not reachable from outside */
  ratePlan: z.string().optional(),
  /** Frameworks that its tenants can claim in addition to the environment's. @default [] */
  frameworks: z.array(z.enum(frameworkIds)).default([]),
  backup: z
    .strictObject({
      /** How much of the latest data can be lost. @default "1 day" */
      rpo: durationText({ max: "7 days" }).default("1 day"),
      /** How long backups are kept. @default "7 days" */
      keep: durationText({ min: "1 day", max: "3650 days" }).default("7 days"),
    })
    .prefault({}),
  /** How long data is kept after a tenant has left. @default "30 days" */
  retention: durationText({ max: "3650 days" }).default("30 days"),
  /**
   * The share of a tenant's quotas that its cell must have free: 1 promises all of them to every tenant, 0.25 a quarter. What exists
   * from the start, such as namespaces and roles, is counted whole: see docs/capacity.md.
   * @default 1
   */
  guaranteed: z.number().min(0.01).max(1).default(1),
  /** Settings that a tenant can override, by path, with their bounds. @default {} */
  overrides: boundsSchema.default({}),
};

/**
 * The schema of a tier.
 *
 * @param sections the sections of tenants
 */
export function tierSchema(sections: readonly TenantSection[]) {
  const layers = sections.filter(({ layer }) => layer).map(({ name }) => name);
  const own = sections.map(({ name, tier, inTier }): [string, z.ZodType] => [
    name,
    inTier === "defaulted" ? tier.prefault({}) : tier.optional(),
  ]);
  return z.strictObject({
    isolation: isolationSchema(layers),
    ...tierFields,
    // The sections' names are known only at run time.
    ...(Object.fromEntries(own) as Record<never, never>),
  });
}

export type Tier = z.output<ReturnType<typeof tierSchema>>;

/** What a tier says about a section; undefined if it says nothing. */
export function inTier(tier: Tier, { name }: Pick<TenantSection, "name">): unknown {
  return (tier as unknown as Readonly<Record<string, unknown>>)[name];
}
