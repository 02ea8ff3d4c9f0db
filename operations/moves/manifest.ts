/** What a step of a move writes into the tenant's manifest. Pure. */
import type { Move } from "../../footprint/manifest/tenant.ts";
import type { MovePlan } from "./step.ts";

/** The fields of a tenant's manifest that a move changes; undefined deletes one. */
export interface MoveFields {
  readonly tier?: string;
  readonly cell?: string | undefined;
  readonly cells?: readonly string[] | undefined;
  readonly state?: "suspended" | undefined;
  readonly builds?: Readonly<Record<string, number>> | undefined;
  readonly moving: Move | undefined;
}

/** A tenant's manifest as far as a move needs it. */
export interface Movable {
  readonly cells: readonly string[];
  readonly builds: Readonly<Record<string, number>>;
}

/** The fields at a stage of a move; the tenant works with the new one from the cut-over on. */
export function fieldsAt(
  plan: MovePlan,
  tenant: Movable,
  move: Move,
  stage: Move["stage"],
): MoveFields {
  const before = isAfter(move.stage);
  const after = isAfter(stage);
  const now = after ? plan.to : plan.from;
  const isStopped = stage === "stopped" || move.state === "suspended";
  const split = plan.sections.filter(({ how }) => how === "beside").map(({ section }) => section);
  const step = Number(after) - Number(before);
  return {
    moving: { ...move, stage },
    state: isStopped ? "suspended" : undefined,
    ...(plan.what === "tier"
      ? { tier: now, builds: built(tenant.builds, split, step) }
      : { cell: undefined, cells: inOrder(tenant.cells, now, after ? plan.from : plan.to) }),
  };
}

/** The fields after the last step, which deletes what is left: `to` has been kept, or `from` after a roll-back. */
export function fieldsAfter(plan: MovePlan, tenant: Movable, move: Move): MoveFields {
  const left = isAfter(move.stage) ? plan.from : plan.to;
  const cells = tenant.cells.filter((cell) => cell !== left);
  return {
    moving: undefined,
    ...(plan.what === "tier"
      ? {}
      : cells.length === 1
        ? { cell: cells[0], cells: undefined }
        : { cell: undefined, cells }),
  };
}

function isAfter(stage: Move["stage"]): boolean {
  return stage === "cut-over" || stage === "ending";
}

/** How often sections were built; undefined where it is never more than once. */
function built(
  builds: Readonly<Record<string, number>>,
  sections: readonly string[],
  step: number,
): Readonly<Record<string, number>> | undefined {
  const changed: Record<string, number> = { ...builds };
  for (const section of new Set(sections)) {
    const number = (builds[section] ?? 1) + step;
    if (number === 1) delete changed[section];
    else changed[section] = number;
  }
  return Object.keys(changed).length === 0 ? undefined : changed;
}

function inOrder(cells: readonly string[], first: string, second: string): readonly string[] {
  return [first, second, ...cells.filter((cell) => cell !== first && cell !== second)];
}
