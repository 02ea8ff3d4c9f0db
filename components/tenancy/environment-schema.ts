/** The tenancy of an environment: its tiers, domains, rate plans and scopes. Plain data. */
import { z } from "zod";
import { didYouMean } from "../core/suggest.ts";
import type { TenantSection } from "../section/tenant-section.ts";
import { tenantSections } from "../tenant-sections.ts";
import { boundProblems } from "./overrides.ts";
import { ratePlanSchema } from "./rate-plan.ts";
import { tierName, tierSchema } from "./tier-schema.ts";

/** The name of a host with at least two labels: RFC 1123. */
export const hostname = z
  .string()
  .max(253)
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: 'must be a lower case host name: "acme.app.example"',
  });

const planName = z.string().regex(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/, {
  error: "must be 1 to 20 lower case letters, digits and hyphens, starting with a letter",
});

/** A permission of partners: `orders.read`. */
export const scopeName = z.string().regex(/^[a-z][a-z0-9_-]*([.:][a-z0-9_-]+)*$/, {
  error: 'must be a scope such as "orders.read"',
});

/** The fields of a tenancy besides its tiers. */
export const tenancyFields = {
  /** The domains that tenants' hostnames are in. @default [] */
  domains: z.array(hostname).default([]),
  /** Rate plans by name. @default {} */
  ratePlans: z.record(planName, ratePlanSchema).default({}),
  /** Scopes that partners can have, with what each permits. @default {} */
  scopes: z.record(scopeName, z.string().min(3)).default({}),
  /** Ids that no tenant can have, such as names of teams. @default [] */
  reserved: z.array(z.string()).default([]),
};

/** @param sections the sections of tenants. @default Atoll's own */
export function tenancySchema(sections: readonly TenantSection[] = tenantSections) {
  return z
    .strictObject({
      ...tenancyFields,
      /** Tiers by name. @default {} */
      tiers: z.record(tierName, tierSchema(sections)).default({}),
    })
    .superRefine(({ tiers, ratePlans }, context) => {
      for (const [name, tier] of Object.entries(tiers)) {
        const { ratePlan, overrides } = tier;
        if (ratePlan !== undefined && !Object.hasOwn(ratePlans, ratePlan)) {
          context.addIssue({
            code: "custom",
            path: ["tiers", name, "ratePlan"],
            input: ratePlan,
            message: `must be one of ratePlans${didYouMean(ratePlan, Object.keys(ratePlans))}`,
          });
        }
        for (const { path, message, got } of boundProblems({ ...tier }, overrides)) {
          context.addIssue({
            code: "custom",
            path: ["tiers", name, "overrides", path],
            input: got,
            message,
          });
        }
      }
    });
}

export type Tenancy = z.output<ReturnType<typeof tenancySchema>>;
