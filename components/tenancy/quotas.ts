/** Quotas of accounts. Pure. */
import { accountQuotas } from "../core/service-limits.ts";
import type { Demand, Supply } from "./capacity.ts";

/** The quota that the vendor has raised, or else its default. */
export function quotaOf(resource: keyof typeof accountQuotas, raised: Demand): Supply {
  const { [resource]: more } = raised;
  if (more !== undefined) return { resource, has: more, from: `tenancy.quotas.${resource}` };
  const { most, source } = accountQuotas[resource];
  return { resource, has: most, from: source };
}
