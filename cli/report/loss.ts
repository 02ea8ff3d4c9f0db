/** The resources that a run replaces or deletes: the part of a plan that cannot be undone. */
import type { StackReport } from "../engine/deploy.ts";
import { type Change, shortName } from "../engine/events.ts";
import { losses } from "../engine/protection.ts";
import type { Colors } from "../io.ts";
import { wrapped } from "./wrap.ts";

export interface Loss {
  readonly stack: string;
  readonly change: Change;
}

/** Protected resources first, then by stack and name. */
export function lossesOf(reports: readonly StackReport[]): Loss[] {
  const all = reports.flatMap(({ stack, result }) =>
    losses(result?.progress.changes ?? [])
      .toSorted((a, b) => (shortName(a.urn) < shortName(b.urn) ? -1 : 1))
      .map((change) => ({ stack, change })),
  );
  return all.toSorted((a, b) => Number(b.change.protected) - Number(a.change.protected));
}

/** Empty where nothing is replaced or deleted. */
export function lossText(reports: readonly StackReport[], colors: Colors): string {
  const all = lossesOf(reports);
  if (all.length === 0) return "";
  const lines = all.map(({ stack, change }) => {
    const text = wrapped(`${stack}: ${lossLine(change)}`, 2);
    return change.protected ? colors.red(text) : text;
  });
  return ["Replaced or deleted, protected resources first:", ...lines].join("\n");
}

/** `replace Cluster database (protected), for masterUsername`. */
function lossLine({ op, urn, properties, protected: held }: Change): string {
  const why = op === "replace" && properties.length > 0 ? `, for ${properties.join(", ")}` : "";
  return `${op} ${shortName(urn)}${held ? " (protected)" : ""}${why}`;
}
