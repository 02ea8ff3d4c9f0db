/** Whether the names that controllers derive from those of a cell's services fit. */
import type { Cloud } from "../../components/core/cloud.ts";
import type { Problem } from "../../components/core/errors.ts";
import { longestNameFor } from "../../components/core/operated.ts";
import type { Place } from "../../components/core/place.ts";
import {
  type CheckedSection,
  componentName,
  isSupported,
} from "../../components/section/section.ts";

export function derivedNameProblems(
  cloud: Cloud,
  { environment, cell }: Place,
  sections: readonly CheckedSection[],
): Problem[] {
  return sections.flatMap(({ section, path, key, spec }) => {
    const on = section.clouds[cloud];
    const derived = (isSupported(on) && on.derivedNames?.(spec as never)) || [];
    if (derived.length === 0) return [];
    const service = componentName(section, key);
    const name = [environment, cell, service].filter((part) => part !== undefined).join("-");
    const excess = name.length - longestNameFor(derived);
    if (excess <= 0) return [];
    const longest = derived.reduce((one, other) =>
      one.max - one.suffix.length <= other.max - other.suffix.length ? one : other,
    );
    const changed = key === undefined ? "environment and cell" : "environment, cell and this key";
    const parts = [environment, cell ?? "", key ?? ""];
    const most = parts.reduce((sum, part) => sum + part.length, 0) - excess;
    return [
      {
        path,
        message: `gets a name that is too long: ${longest.what} would be "${name}${longest.suffix}", and Kubernetes allows ${longest.max} characters. The names of ${changed} may have at most ${most} characters together`,
      },
    ];
  });
}
