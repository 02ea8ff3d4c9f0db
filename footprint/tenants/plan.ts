/** From a tenant's manifest, its tier and its cells to the specs of its components. Pure. */
import type { Problem } from "../../components/core/errors.ts";
import { checkSpec, didYouMean } from "../../components/core/spec.ts";
import { days } from "../../components/core/units.ts";
import { countryOf, liesIn, named } from "../../components/replication/residency.ts";
import {
  isSupportedForTenants,
  type Reached,
  type TenantContext,
  type TenantSection,
} from "../../components/section/tenant-section.ts";
import { overridden } from "../../components/tenancy/overrides.ts";
import { inTier, type Tier } from "../../components/tenancy/tier-schema.ts";
import { configFile } from "../files/config-files.ts";
import type { Cell, PlacedEnvironment, PlacedTenant, TenantOnCell } from "../model.ts";

/** What a tenant is planned from. */
export interface TenantPlace {
  readonly environment: PlacedEnvironment;
  /** The cells of the environment that could be read. */
  readonly cells: readonly Cell[];
  readonly registry: readonly TenantSection[];
}

/** The plan of a tenant on each of its cells. Adds its problems to `problems`, with paths in its file. */
export function planTenant(
  tenant: PlacedTenant,
  place: TenantPlace,
  problems: Problem[],
): readonly TenantOnCell[] {
  const file = configFile(tenant.stack);
  const found: Problem[] = [];
  const tier = tierOf(tenant, place, found);
  const cells = cellsOf(tenant, place, found);
  const planned =
    tier === undefined ? [] : cells.map((cell) => planOn(tenant, tier, cell, place, found));
  const distinct = new Map(
    found.map((problem) => [`${problem.path}\n${problem.message}`, problem]),
  );
  problems.push(
    ...[...distinct.values()].map((problem) => ({ ...problem, path: `${file}: ${problem.path}` })),
  );
  return planned;
}

/** The tier with the tenant's overrides; undefined if there is no such tier. */
function tierOf(
  { tier: name, overrides, frameworks }: PlacedTenant,
  { environment, registry }: TenantPlace,
  problems: Problem[],
): Tier | undefined {
  const tiers = environment.tenancy?.tiers ?? {};
  const { [name]: tier } = tiers;
  if (tier === undefined) {
    const known = Object.keys(tiers);
    const hint = known.length === 0 ? ", which has none" : didYouMean(name, known);
    problems.push({ path: "tier", message: `must be a tier of the environment${hint}`, got: name });
    return undefined;
  }
  const allowed = [...environment.frameworks, ...tier.frameworks];
  for (const framework of frameworks) {
    if (allowed.includes(framework)) continue;
    const list = allowed.length === 0 ? "none" : allowed.join(", ");
    problems.push({
      path: "frameworks",
      message: `must be frameworks of the environment or of tier ${name}: ${list}`,
      got: framework,
    });
  }
  const wrong: Problem[] = [];
  const merged = overridden(tier, tier.overrides, overrides, wrong);
  for (const section of registry) {
    const own = inTier(merged, section);
    if (own === undefined || own === inTier(tier, section)) continue;
    for (const { path, message } of checkSpec(section.tier, own, "").problems) {
      const at = [section.name, path.replace(/^: /, "")].filter((part) => part !== "").join(".");
      wrong.push({ path: at, message });
    }
  }
  problems.push(...wrong.map((each) => ({ ...each, path: `overrides.${each.path}` })));
  // What follows from a wrong override is reported once.
  return wrong.length === 0 ? merged : tier;
}

/** The tenant's cells. */
function cellsOf(
  { cells: names, name: id, residency }: PlacedTenant,
  { cells, environment }: TenantPlace,
  problems: Problem[],
): Cell[] {
  return names.flatMap((name, index) => {
    const path = names.length === 1 ? "cell" : `cells[${index}]`;
    const cell = cells.find((candidate) => candidate.name === name);
    if (cell === undefined) {
      const known = cells.map((candidate) => candidate.name);
      problems.push({
        path,
        message: `must be a cell of ${environment.name}${didYouMean(name, known)}`,
        got: name,
      });
      return [];
    }
    const { only } = cell.specs.tenancy;
    if (only !== undefined && only !== id) {
      problems.push({
        path,
        message: `must be another cell: this one is for ${only} only`,
        got: name,
      });
    }
    if (residency !== undefined) problems.push(...residencyProblems(residency, cell));
    return [cell];
  });
}

function residencyProblems(residency: string, cell: Cell): Problem[] {
  const country = cell.cloud === "onprem" ? cell.country : countryOf(cell.cloud, cell.region);
  if (country !== undefined && liesIn(residency, country)) return [];
  const where =
    country === undefined ? "which does not say its country" : `which is in ${named(country)}`;
  return [
    {
      path: "residency",
      message: `must be where its cells are: not cell ${cell.name}, ${where}`,
      got: residency,
    },
  ];
}

function planOn(
  tenant: PlacedTenant,
  tier: Tier,
  cell: Cell,
  { environment, registry }: TenantPlace,
  problems: Problem[],
): TenantOnCell {
  const specs = cell.specs as unknown as Readonly<Record<string, unknown>>;
  const own = registry.filter(({ name }) => Object.hasOwn(tenant.sections, name));
  const context: TenantContext = {
    environment: environment.name,
    id: tenant.name,
    tier: tenant.tier,
    isolation: tier.isolation,
    lifetime: environment.lifetime,
    frameworks: [...new Set([...environment.frameworks, ...tenant.frameworks])],
    retentionDays: days(tier.retention),
    suspended: tenant.state === "suspended",
    cell,
    supernet: environment.addressSpace.supernet,
    reaches: own.flatMap((section) => reachedBy(section, tenant, tier, cell)),
    cellSpec: ({ name }) => specs[name] as never,
    settings: ({ name }) => tenant.sections[name] as never,
  };
  const sections = own.flatMap((section) => {
    const spec = planSection(section, tenant, tier, context, problems);
    return spec === undefined ? [] : [{ section, spec }];
  });
  return { cell, tier, context, sections };
}

function givenOf({ name, layer }: TenantSection, tenant: PlacedTenant, tier: Tier) {
  return {
    isolation: layer ? (tier.isolation[name] ?? "pool") : "pool",
    tier: inTier(tier, { name }),
    settings: tenant.sections[name],
  };
}

function reachedBy(
  section: TenantSection,
  tenant: PlacedTenant,
  tier: Tier,
  cell: Cell,
): Reached[] {
  const on = section.clouds[cell.cloud];
  if (!isSupportedForTenants(on) || on.reaches === undefined) return [];
  if (section.uses !== undefined && !Object.hasOwn(cell.specs, section.uses.name)) return [];
  const given = givenOf(section, tenant, tier) as never;
  return [{ to: section.name, ...on.reaches(given, cell as never, tenant.name) }];
}

/** The spec of a section; undefined if it has problems. */
function planSection(
  section: TenantSection,
  tenant: PlacedTenant,
  tier: Tier,
  context: TenantContext,
  problems: Problem[],
): unknown {
  const { name, uses } = section;
  const { cell } = context;
  const on = section.clouds[cell.cloud];
  const refuse = (message: string) => void problems.push({ path: name, message });
  if (!isSupportedForTenants(on)) {
    refuse(`is not supported on ${cell.cloud}: ${on.unsupported}`);
    return undefined;
  }
  if (uses !== undefined && !Object.hasOwn(cell.sections, uses.name)) {
    refuse(`must be omitted, or cell ${cell.name} must have the section ${uses.name}`);
    return undefined;
  }
  const given = givenOf(section, tenant, tier);
  if (given.tier === undefined) {
    refuse(`must be omitted, or tier ${tenant.tier} must have the section ${name}`);
    return undefined;
  }
  const without = on.without?.[given.isolation];
  if (without !== undefined) {
    refuse(`cannot have the isolation "${given.isolation}" on ${cell.cloud}: ${without}`);
    return undefined;
  }
  const wrong = on.check?.(given as never, context) ?? [];
  problems.push(...wrong.map((each) => ({ ...each, path: `${name}.${each.path}` })));
  if (wrong.length > 0) return undefined;
  const checked = checkSpec(on.spec, on.plan(given as never, context), name);
  problems.push(
    ...checked.problems.map((each) => ({ ...each, path: each.path.replace(": ", ".") })),
  );
  return checked.spec;
}
