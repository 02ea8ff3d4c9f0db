/** `atoll tenant list` and `atoll tenant show`. */
import type { Problem } from "../../../components/core/errors.ts";
import { resources } from "../../../components/tenancy/capacity.ts";
import { inTier } from "../../../components/tenancy/tier-schema.ts";
import type { Tenant } from "../../../footprint/model.ts";
import { planTenants, readTenants, refuseTenants } from "../../../footprint/tenants/load.ts";
import { rehearsalOf } from "../../engine/rehearsal.ts";
import { countOf, readCheckpoint } from "../../engine/state.ts";
import { type ExitCode, exitCodes, Failure } from "../../failure.ts";
import type { Io } from "../../io.ts";
import { type Project, thisProject } from "../../project.ts";
import { table } from "../../report/table.ts";
import { environmentFor, openTenants } from "./open.ts";
import { selecting } from "./selector.ts";

export interface ListOptions {
  readonly environment?: string;
  readonly select?: string;
}

export async function listTenants(io: Io, options: ListOptions): Promise<ExitCode> {
  const project = thisProject();
  const { environment, tenants } = await tenantsOf(project, options.environment);
  const chosen = tenants.filter(selecting(options.select));
  const listed = chosen.map((tenant) => ({
    id: tenant.name,
    tier: tenant.tier,
    cells: tenant.cells,
    state: tenant.state,
    ring: tenant.ring,
    hostnames: tenant.hostnames,
    rehearsed: rehearsedResources(project, environment, tenant.stack),
  }));
  if (chosen.length === 0) {
    io.say(
      tenants.length === 0
        ? `${environment} has no tenants`
        : `none of the ${tenants.length} tenants of ${environment} matches ${options.select}`,
    );
  } else {
    io.say(
      table(
        ["tenant", "tier", "cell", "state", "ring", "host names"],
        listed.map(({ id, tier, cells, state, ring, hostnames }) => [
          id,
          tier,
          cells.join(", "),
          state,
          ring,
          hostnames.join(", "),
        ]),
      ),
    );
    io.say(`\n${chosen.length} of ${tenants.length} tenants of ${environment}`);
  }
  io.result(listed);
  return exitCodes.done;
}

export interface ShowOptions {
  readonly tenant: string;
  readonly env?: string;
}

export async function showTenant(io: Io, options: ShowOptions): Promise<ExitCode> {
  const project = thisProject();
  const { environment, tenants } = await tenantsOf(project, environmentOfTenant(options));
  const id = options.tenant.split(".").at(-1) ?? "";
  const tenant = tenants.find(({ name }) => name === id);
  if (tenant === undefined) throw unknownTenant(id, environment, tenants);
  const rehearsed = rehearsedResources(project, environment, tenant.stack);
  const facts: [string, string][] = [
    ["tenant", tenant.stack],
    ["tier", tenant.tier],
    ["state", tenant.state],
    ["ring", String(tenant.ring)],
    ["host names", tenant.hostnames.join(", ") || "none"],
    ["residency", tenant.residency ?? "not restricted"],
    ["frameworks", tenant.frameworks.join(", ") || "the environment's"],
    ["partners", Object.keys(tenant.partners).join(", ") || "none"],
    ["objectives", objectivesOf(tenant)],
    ["rehearsed", rehearsed === undefined ? "no" : `${rehearsed} resources`],
  ];
  io.say(facts.map(([name, value]) => `${name.padEnd(12)}${value}`).join("\n"));
  for (const { cell, tier, sections } of tenant.on) {
    io.say(
      `\non ${cell.name} (${cell.cloud}):\n${table(
        ["section", "isolation", "takes"],
        sections.map(({ section, spec }) => [
          section.name,
          section.layer ? (tier.isolation[section.name] ?? "") : "",
          takes(section.demand?.(spec as never) ?? {}),
        ]),
      )}`,
    );
  }
  const { on, ...manifest } = tenant;
  io.result({
    ...manifest,
    rehearsed,
    on: on.map(({ cell, tier, sections }) => ({
      cell: cell.name,
      isolation: tier.isolation,
      sections: Object.fromEntries(
        sections.map(({ section, spec }) => [section.name, { spec, tier: inTier(tier, section) }]),
      ),
    })),
  });
  return exitCodes.done;
}

function takes(demand: Readonly<Partial<Record<string, number>>>): string {
  const names: Readonly<Record<string, string>> = resources;
  return Object.entries(demand)
    .map(([name, amount]) => `${amount} ${names[name] ?? name}`)
    .join(", ");
}

function objectivesOf({ on }: Tenant): string {
  const [first] = on;
  const text = Object.entries(first?.tier.slos ?? {}).flatMap(([name, given]) =>
    given === undefined ? [] : `${name} ${given.objective} % over ${given.period}`,
  );
  return text.join(", ") || "none";
}

/** The environment of `prod.acme`, or the one that `--env` names. */
export function environmentOfTenant({ tenant, env }: ShowOptions): string | undefined {
  const [environment, id] = tenant.split(".");
  return id === undefined ? env : environment;
}

export function unknownTenant(
  id: string,
  environment: string,
  tenants: readonly { readonly name: string }[],
): Failure {
  const names = tenants.map(({ name }) => name);
  return new Failure(
    "bad-usage",
    `${environment} has no tenant "${id}"`,
    names.length === 0
      ? `create it: npx atoll tenant new ${id} --env ${environment} --cell <cell> --tier <tier>`
      : `its tenants are ${names.slice(0, 20).join(", ")}${names.length > 20 ? ", ..." : ""}`,
  );
}

async function tenantsOf(
  project: Project,
  asked: string | undefined,
): Promise<{ readonly environment: string; readonly tenants: readonly Tenant[] }> {
  const environment = environmentFor(project.configDir, asked);
  const { footprint, stacks } = await openTenants(project, environment);
  const problems: Problem[] = [];
  const placed = readTenants(project.configDir, stacks, problems);
  const tenants = planTenants(footprint, placed, problems);
  refuseTenants(environment, problems);
  return { environment, tenants };
}

/** How many resources the rehearsal of a tenant has; undefined where it is not rehearsed. */
function rehearsedResources(
  project: Project,
  environment: string,
  stack: string,
): number | undefined {
  const checkpoint = readCheckpoint(rehearsalOf(project, environment), project.name, stack);
  return checkpoint === undefined ? undefined : countOf(checkpoint);
}
