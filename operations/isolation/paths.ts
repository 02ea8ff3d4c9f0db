/** Collects paths, and groups those that differ only in their tenants: 500 tenants have 250,000 pairs. */
import type { IsolationResource, Path, PlaneName, Step } from "./model.ts";

export interface FoundPath {
  /** What paths have in common that are shown together: the mistake, without the names of tenants. */
  readonly key: string;
  readonly from: string;
  /** What it reaches; itself is left out. */
  readonly to: Iterable<string>;
  readonly resource: IsolationResource;
  steps(): readonly Step[];
}

interface Reached {
  readonly first: FoundPath;
  readonly to: Set<string>;
}

export class Paths {
  /** By key, then by the tenant that they start from. */
  readonly #found = new Map<string, Map<string, Reached>>();

  add(path: FoundPath): void {
    const others = [...path.to].filter((to) => to !== path.from);
    if (others.length === 0) return;
    const byTenant = this.#found.get(path.key) ?? new Map<string, Reached>();
    this.#found.set(path.key, byTenant);
    const known = byTenant.get(path.from) ?? { first: path, to: new Set<string>() };
    byTenant.set(path.from, known);
    for (const to of others) known.to.add(to);
  }

  /** Each ordered pair of a path's tenants is a path that was found, and no other. */
  grouped(plane: PlaneName): Path[] {
    return [...this.#found.values()].flatMap((byTenant) => {
      const sameTargets = Map.groupBy(byTenant, ([, { to }]) => listed(to));
      const alike = Map.groupBy(byTenant, ([from, { to }]) => {
        const targets = listed(to);
        // Where each reaches all others of a set, their targets differ by themselves.
        return (sameTargets.get(targets) ?? []).length > 1 ? targets : listed([...to, from]);
      });
      return [...alike.values()].map((group): Path => {
        const from = group.map(([tenant]) => tenant).sort();
        const { first } = (group.find(([tenant]) => tenant === from[0]) ?? group[0] ?? [])[1] ?? {};
        if (first === undefined) throw new TypeError("a group of paths is never empty");
        const { urn, type, name, stack } = first.resource;
        const to = [...new Set(group.flatMap(([, reached]) => [...reached.to]))].sort();
        return { plane, from, to, steps: first.steps(), resource: { urn, type, name, stack } };
      });
    });
  }
}

function listed(ids: Iterable<string>): string {
  return [...new Set(ids)].sort().join(" ");
}
