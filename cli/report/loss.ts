/** The resources that a run replaces or deletes: the part of a plan that cannot be undone. */
import { statefulTypes } from "../../components/core/stateful-types.ts";
import type { StackReport } from "../engine/deploy.ts";
import type { SettingLoss } from "../engine/deployed-settings.ts";
import { type Change, partsOfUrn, shortName } from "../engine/events.ts";
import { losses } from "../engine/protection.ts";
import type { Colors } from "../io.ts";
import { wrapped } from "./wrap.ts";

export interface Loss {
  readonly stack: string;
  readonly change: Change;
}

/** Protected resources first, then other stateful ones, then by stack and name. */
export function lossesOf(reports: readonly StackReport[]): Loss[] {
  // A destroy deletes everything; it has named what matters before it asked.
  const changing = reports.filter(({ result }) => result?.operation !== "destroy");
  const all = changing.flatMap(({ stack, result }) =>
    losses(result?.progress.changes ?? [])
      .toSorted((a, b) => (shortName(a.urn) < shortName(b.urn) ? -1 : 1))
      .map((change) => ({ stack, change })),
  );
  return all.toSorted((a, b) => weightOf(b.change) - weightOf(a.change));
}

function weightOf(change: Change): number {
  if (change.protected) return 2;
  return isStateful(change) ? 1 : 0;
}

export function isStateful({ urn }: Change): boolean {
  return statefulTypes.has(partsOfUrn(urn).type);
}

/** Empty where nothing is replaced or deleted. */
export function lossText(reports: readonly StackReport[], colors: Colors): string {
  const all = lossesOf(reports);
  if (all.length === 0) return "";
  const lines = all.map(({ stack, change }) => {
    const text = wrapped(`${stack}: ${lossLine(change)}`, 2);
    return change.protected || isStateful(change) ? colors.red(text) : text;
  });
  return ["Replaced or deleted, stateful resources first:", ...lines].join("\n");
}

/** `replace Cluster database (protected), for masterUsername`. */
function lossLine(change: Change): string {
  const { op, urn, properties } = change;
  const mark = change.protected ? " (protected)" : isStateful(change) ? " (stateful)" : "";
  const why = op === "replace" && properties.length > 0 ? `, for ${properties.join(", ")}` : "";
  return `${op} ${shortName(urn)}${mark}${why}`;
}

/** What changed settings lose; empty where they lose nothing. */
export function settingLossText(lost: readonly SettingLoss[]): string {
  if (lost.length === 0) return "";
  const lines = lost.map(({ stack, path, loses }) => wrapped(`${stack}: ${path}: ${loses}`, 2));
  return ["Lost by changed settings:", ...lines].join("\n");
}
