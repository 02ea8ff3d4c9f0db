/** The tenants of an environment, read from their files and checked against their tiers, their cells, and each other. */
import { BlueprintError, type Problem } from "../../components/core/errors.ts";
import type { TenantSection } from "../../components/section/tenant-section.ts";
import { tenantSections } from "../../components/tenant-sections.ts";
import { listStacks } from "../files/config-files.ts";
import { membersOf } from "../files/kind.ts";
import { tenantSchema } from "../manifest/tenant.ts";
import type { Footprint, PlacedTenant, StackNode, Tenant } from "../model.ts";
import { acrossTenants } from "./across.ts";
import { tenantCapacityProblems } from "./capacity.ts";
import { planBeside } from "./moving.ts";
import { planTenant } from "./plan.ts";
import { readTenant } from "./read.ts";

/** The manifests of these stacks. Adds the problems of each to `problems`. */
export function readTenants(
  configDir: string,
  stacks: readonly string[],
  problems: Problem[],
  registry: readonly TenantSection[] = tenantSections,
): PlacedTenant[] {
  const schema = tenantSchema(registry);
  return stacks.flatMap((stack) => readTenant(configDir, stack, registry, problems, schema) ?? []);
}

/**
 * Plans all tenants of a valid footprint. Adds to `problems` those of each, those between them, and those of cells without room for
 * them.
 */
export function planTenants(
  footprint: Footprint,
  placed: readonly PlacedTenant[],
  problems: Problem[],
  registry: readonly TenantSection[] = tenantSections,
): Tenant[] {
  const tenants = planSome(footprint, placed, problems, registry);
  problems.push(...tenantCapacityProblems(footprint, tenants));
  return tenants;
}

/** The same for tenants that are not all that their cells have: their cells' capacity is not checked. */
export function planSome(
  footprint: Footprint,
  tenants: readonly PlacedTenant[],
  problems: Problem[],
  registry: readonly TenantSection[] = tenantSections,
): Tenant[] {
  const { environment, cells } = footprint;
  problems.push(
    ...acrossTenants(
      environment,
      cells.map(({ name }) => name),
      tenants,
    ),
  );
  const place = { environment, cells, registry };
  return tenants.map((tenant) => {
    const on = planTenant(tenant, place, problems);
    return { ...tenant, on, beside: planBeside(tenant, on, place, problems) };
  });
}

/** The footprint with tenants as stacks of it. */
export function withTenants(footprint: Footprint, tenants: readonly Tenant[]): Footprint {
  const nodes = tenants.map(
    ({ stack, on }): StackNode => ({
      name: stack,
      kind: "tenant",
      needs: [footprint.environment.stack, ...on.map(({ cell }) => cell.stack)],
    }),
  );
  return { ...footprint, tenants, stacks: [...footprint.stacks, ...nodes] };
}

/**
 * An environment with all of its tenants.
 *
 * @param load reads the environment and its cells
 * @param plan how tenants are planned: `planSome` accepts more than their cells have room for. @default planTenants
 * @throws BlueprintError `footprint-invalid` with every problem of every file
 */
export function withAllTenants(
  configDir: string,
  environment: string,
  load: () => Footprint,
  plan: typeof planTenants = planTenants,
): Footprint {
  const { tenants: stacks } = membersOf(configDir, listStacks(configDir), environment);
  const problems: Problem[] = [];
  const placed = readTenants(configDir, stacks, problems);
  const footprint = alsoWith(problems, load);
  const tenants = plan(footprint, placed, problems);
  refuseTenants(environment, problems);
  return withTenants(footprint, tenants);
}

/** Reports the problems of tenants together with those of the environment and its cells. */
function alsoWith(problems: readonly Problem[], load: () => Footprint): Footprint {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof BlueprintError) || error.code !== "footprint-invalid") throw error;
    const { code, summary } = error;
    throw new BlueprintError(code, summary, [...error.problems, ...problems]);
  }
}

/** @throws BlueprintError `footprint-invalid` if there are problems */
export function refuseTenants(asked: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const what = asked.includes(".") ? "tenant" : "environment";
  throw new BlueprintError("footprint-invalid", `${what} "${asked}" cannot be used:`, problems);
}
