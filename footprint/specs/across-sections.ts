/** Checks that a cell's sections agree. Each section is already valid by itself. */
import type { Cloud } from "../../components/core/cloud.ts";
import type { Problem } from "../../components/core/errors.ts";
import type { Place } from "../../components/core/place.ts";
import {
  type CheckedCell,
  type CheckedSection,
  isSupported,
} from "../../components/section/section.ts";
import type { CellContext } from "../model.ts";
import { derivedNameProblems } from "./derived-names.ts";
import { logProblems } from "./log-retention.ts";

/** Problems between the sections of a cell, with their paths in the manifest. */
export function acrossSections(
  cloud: Cloud,
  place: Place,
  sections: readonly CheckedSection[],
  { frameworks }: CellContext,
): Problem[] {
  const cell: CheckedCell = {
    cloud,
    sections,
    spec: (wanted, _cloud, name = "main") =>
      sections.find(({ section, key = "main" }) => section.name === wanted.name && key === name)
        ?.spec as never,
  };
  return [
    ...sections.flatMap(({ section, spec }) => {
      const on = section.clouds[cloud];
      return (isSupported(on) && on.check?.(spec as never, cell)) || [];
    }),
    ...namespaceProblems(sections),
    ...derivedNameProblems(cloud, place, sections),
    ...sections.flatMap(({ section, path, spec }) =>
      logProblems(spec, section.logRetention ?? [], frameworks).map((problem) => ({
        ...problem,
        path: `${path}.${problem.path}`,
      })),
    ),
  ];
}

/** Each service creates its own namespace and isolates it. */
function namespaceProblems(sections: readonly CheckedSection[]): Problem[] {
  const owners = sections.flatMap(({ section, path, spec }) =>
    Object.entries(section.namespaces?.(spec as never) ?? {}).flatMap(([field, namespace]) =>
      namespace === undefined ? [] : [[`${path}.${field}`, namespace] as const],
    ),
  );
  return owners.flatMap(([path, namespace], index) => {
    const [first] = owners.slice(0, index).find(([, other]) => other === namespace) ?? [];
    if (first === undefined) return [];
    return [{ path, message: `must differ from that of ${first}`, got: namespace }];
  });
}
