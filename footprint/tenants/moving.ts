/** A tenant that moves: what it has twice, and what its manifest must say. Pure. */
import type { Problem } from "../../components/core/errors.ts";
import { configFile } from "../files/config-files.ts";
import type { PlacedTenant, Tenant, TenantOnCell } from "../model.ts";
import { planTenant, type TenantPlace } from "./plan.ts";

/** Whether a tenant already works with what it moves to. */
export function isCutOver({ moving }: Pick<PlacedTenant, "moving">): boolean {
  return moving?.stage === "cut-over" || moving?.stage === "ending";
}

/** The tier or cell that the next step of a move deletes; undefined before that. */
export function leftBy({ moving }: Pick<PlacedTenant, "moving">): string | undefined {
  if (moving?.stage === "ending") return moving.from;
  return moving?.stage === "reverting" ? moving.to : undefined;
}

/**
 * The sections that a tenant has twice while it moves to another tier, as the other tier has them. Adds its problems to `problems`.
 *
 * @param on its plan on its cells
 */
export function planBeside(
  tenant: PlacedTenant,
  on: readonly TenantOnCell[],
  place: TenantPlace,
  problems: Problem[],
): TenantOnCell[] {
  const { moving } = tenant;
  if (moving === undefined) return [];
  const wrong = movingProblems(tenant);
  problems.push(...wrong);
  if (moving.what !== "tier" || wrong.length > 0) return [];
  const other = isCutOver(tenant) ? moving.from : moving.to;
  const others: Problem[] = [];
  const planned = planTenant({ ...tenant, tier: other }, place, others);
  problems.push(
    ...others.filter(
      ({ path, message }) =>
        !problems.some((known) => known.path === path && known.message === message),
    ),
  );
  return planned.flatMap((there) => {
    const here = on.find(({ cell }) => cell.name === there.cell.name);
    const sections = there.sections.filter(({ section: { name, moves } }) => {
      const { [name]: own = "pool" } = here?.tier.isolation ?? {};
      const { [name]: new_ = "pool" } = there.tier.isolation;
      const [from, to] = isCutOver(tenant) ? [new_, own] : [own, new_];
      return moves?.beside(there.cell.cloud, from, to) ?? false;
    });
    return sections.length === 0 ? [] : [{ ...there, sections }];
  });
}

/** What a component is built as: 1, or the number in the manifest; the old one during a cut-over has the number before. */
export function buildOf(tenant: PlacedTenant, section: string, beside: boolean): number {
  const own = tenant.builds[section] ?? 1;
  if (!beside) return own;
  return isCutOver(tenant) ? own - 1 : own + 1;
}

/** Settings that change with the deletion of what a tenant has beside its sections, by path: `database.generation`. */
export function afterDeletion({ beside, sections: settings }: Tenant): Record<string, unknown> {
  return Object.fromEntries(
    beside.flatMap(({ cell, tier, sections }) =>
      sections.flatMap(({ section: { name, moves } }) => {
        const left = tier.isolation[name] ?? "pool";
        const fields = moves?.deleted?.(cell.cloud, left, settings[name] as never) ?? {};
        return Object.entries(fields).map(([field, value]) => [`${name}.${field}`, value]);
      }),
    ),
  );
}

function movingProblems(tenant: PlacedTenant): Problem[] {
  const { moving, tier, cells, stack } = tenant;
  if (moving === undefined) return [];
  const file = configFile(stack);
  const { what, from, to, stage } = moving;
  const now = isCutOver(tenant) ? to : from;
  if (from === to)
    return [{ path: `${file}: moving.to`, message: `must be another ${what}`, got: to }];
  if (what === "tier") {
    if (tier === now) return [];
    const message = `must be "${now}" in the stage ${stage} of its move; run npx atoll tenant move ${stack} --continue or --roll-back`;
    return [{ path: `${file}: tier`, message, got: tier }];
  }
  const other = now === from ? to : from;
  if (cells[0] === now && cells.includes(other)) return [];
  const message = `must start with "${now}" and contain "${other}" in the stage ${stage} of its move`;
  return [{ path: `${file}: cells`, message, got: cells }];
}
