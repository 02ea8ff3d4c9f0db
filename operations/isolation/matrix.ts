/** The result for every ordered pair, for people. Pure. */
import { type Path, type PlaneName, theCell, type Verdict } from "./model.ts";

/** The planes with a path from one tenant to another, or to the cell. */
export interface Matrix {
  readonly tenants: readonly string[];
  readonly targets: readonly string[];
  planes(from: string, to: string): readonly PlaneName[];
}

export function matrixOf({ tenants, paths }: Verdict): Matrix {
  const byFrom = new Map<string, Path[]>();
  for (const path of paths)
    for (const from of path.from) byFrom.set(from, [...(byFrom.get(from) ?? []), path]);
  return {
    tenants,
    targets: [...tenants, theCell],
    planes: (from, to) => [
      ...new Set(
        (byFrom.get(from) ?? [])
          .filter((path) => from !== to && path.to.includes(to))
          .map(({ plane }) => plane),
      ),
    ],
  };
}

/** The numbers of ordered pairs, and of those with a path. */
export function pairsOf(verdict: Verdict): { readonly all: number; readonly open: number } {
  const { tenants, paths } = verdict;
  const open = new Map<string, Set<string>>();
  for (const { from, to } of paths) {
    for (const one of from) {
      const reached = open.get(one) ?? new Set<string>();
      open.set(one, reached);
      for (const other of to) if (other !== one) reached.add(other);
    }
  }
  const count = [...open.values()].reduce((sum, { size }) => sum + size, 0);
  return { all: tenants.length ** 2, open: count };
}

/** `acme, birch and 498 more`; the cell is `the cell`. */
export function namesText(ids: readonly string[], most = 3): string {
  const named = ids.map((id) => (id === theCell ? "the cell" : id));
  // The cell first: it is what all tenants have in common.
  const sorted = named.sort((one, other) => rank(one) - rank(other));
  const [shown, more] = [sorted.slice(0, most), sorted.length - most];
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}

function rank(name: string): number {
  return name === "the cell" ? 0 : 1;
}

/** The path in lines: who reaches whom, then its steps. */
export function pathText({ from, to, steps }: Path): string {
  const [first = "", ...others] = from;
  const also = others.length === 0 ? "" : ` (and ${others.length} more in the same way)`;
  const reached = to.filter((id) => id !== first);
  return [
    `${first}${also} reaches ${namesText(reached)}:`,
    ...steps.map(
      ({ principal, can, because }, index) => `${index + 1}. ${principal} ${can}: ${because}`,
    ),
  ].join("\n");
}
