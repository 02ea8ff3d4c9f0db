/** All attacks of a tenant on another one, or on the cell, by plane. Pure. */
import { type IsolationCell, type Path, planeNames, type Verdict } from "../model.ts";
import { viewOf } from "../view.ts";
import type { Attack } from "./attack.ts";
import { onAws, onGoogle } from "./in-clouds.ts";
import { onAdmission, onNetwork, onNodes, onQuotas, onRbac, onSecretStores } from "./in-cluster.ts";
import { onCache, onDatabase, onKafka } from "./in-data.ts";
import type { Target } from "./target.ts";

const builders: readonly ((target: Target) => Attack[])[] = [
  onNetwork,
  onRbac,
  onAdmission,
  onQuotas,
  onNodes,
  onAws,
  onGoogle,
  onSecretStores,
  onKafka,
  onDatabase,
  onCache,
];

/** In the order of the planes. */
export function attacksOf(cell: IsolationCell, from: string, to: string): Attack[] {
  const target = { view: viewOf(cell), from, to };
  const found = builders.flatMap((build) => build(target));
  return found.sort(
    (one, other) => planeNames.indexOf(one.plane) - planeNames.indexOf(other.plane),
  );
}

/** The path by which the oracle says that an attack succeeds. Undefined if it says that it is refused. */
export function answered(
  { paths }: Verdict,
  { plane }: Attack,
  from: string,
  to: string,
): Path | undefined {
  return paths.find(
    (path) => path.plane === plane && path.from.includes(from) && path.to.includes(to),
  );
}
