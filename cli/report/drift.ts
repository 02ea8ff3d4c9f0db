/** Drift as text. */
import type { StackReport } from "../engine/deploy.ts";
import type { Difference, Drift } from "../engine/drift.ts";
import { shortName } from "../engine/events.ts";
import type { Colors } from "../io.ts";
import { wrapped } from "./wrap.ts";

export interface StackDrift {
  readonly stack: string;
  readonly drift: Drift;
}

export function driftsOf(reports: readonly StackReport[]): StackDrift[] {
  return reports.flatMap(({ stack, result }) =>
    (result?.progress.drift ?? [])
      .toSorted((a, b) => (shortName(a.urn) < shortName(b.urn) ? -1 : 1))
      .map((drift) => ({ stack, drift })),
  );
}

/** Empty where there is no drift. */
export function driftText(reports: readonly StackReport[], colors: Colors): string {
  const all = driftsOf(reports);
  if (all.length === 0) return "";
  const lines = all.flatMap(({ stack, drift }) => {
    const name = `${stack}: ${shortName(drift.urn)}`;
    return drift.kind === "gone"
      ? colors.yellow(wrapped(`${name} no longer exists`, 2))
      : [
          colors.yellow(wrapped(name, 2)),
          ...drift.differences.map((difference) => wrapped(differenceText(difference), 4)),
        ];
  });
  return ["Changed outside of Pulumi:", ...lines].join("\n");
}

/** `description: "new" instead of "old"`. */
export function differenceText({ property, was, is }: Difference): string {
  if (is === undefined)
    return `${property}: removed${was === undefined ? "" : `, was ${shown(was)}`}`;
  return `${property}: ${shown(is)}${was === undefined ? ", added" : ` instead of ${shown(was)}`}`;
}

const longest = 60;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
