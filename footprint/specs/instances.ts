/** The sections of a cell's manifest: the main one of each kind, and additional ones by key. Pure. */
import type { Written, WrittenSections } from "../../components/section/cell.ts";
import { type CheckedSection, grantName, type Section } from "../../components/section/section.ts";
import type { Cell } from "../model.ts";

/** A section of a manifest, as it is written. */
export interface Instance {
  readonly section: Section;
  /** The key of an additional section; undefined for the main one. */
  readonly key: string | undefined;
  /** Its path in the manifest: `cache`, or `caches.sessions`. */
  readonly path: string;
  readonly written: Written;
}

export function instancesOf(
  registry: readonly Section[],
  sections: WrittenSections,
): readonly Instance[] {
  return registry.flatMap((section): Instance[] => {
    const { name, plural } = section;
    const main = sections[name];
    const further = plural === undefined ? {} : (sections[plural] ?? {});
    return [
      ...(main === undefined ? [] : [{ section, key: undefined, path: name, written: main }]),
      ...Object.entries(further).map(([key, written]) => ({
        section,
        key,
        path: `${plural}.${key}`,
        written: written as Written,
      })),
    ];
  });
}

/** The names of resources that workloads can be granted, by kind. Reads names only, because the manifest may be invalid. */
export function grantableNames(
  registry: readonly Section[],
  sections: WrittenSections,
): Record<string, string[]> {
  const instances = instancesOf(registry, withContributions(registry, sections));
  return Object.fromEntries(
    registry.flatMap(({ grant, granted }) => {
      if (grant === undefined || granted === undefined) return [];
      const names = instances
        .filter(({ section }) => section.grant === grant)
        .flatMap(({ written, key }) => granted(written).map((name) => grantName(name, key)));
      return [[grant.kind, names] as const];
    }),
  );
}

/** The sections with the contributions of others, even if the section is missing: the others then report it. */
function withContributions(
  registry: readonly Section[],
  sections: WrittenSections,
): WrittenSections {
  const added = registry.flatMap(({ name, contributes }) => {
    const own = sections[name];
    if (contributes === undefined || own === undefined) return [];
    const { to } = contributes;
    return [[to, contributes.of(own).into(sections[to] ?? {})] as const];
  });
  return { ...sections, ...Object.fromEntries(added) };
}

/** The specs of a cell's sections, in the order in which they are built. */
export function specInstances(
  { specs }: Pick<Cell, "specs">,
  registry: readonly Section[],
): readonly CheckedSection[] {
  const byName = specs as unknown as Readonly<Record<string, unknown>>;
  return registry.flatMap((section): CheckedSection[] => {
    const { name, plural = "" } = section;
    const main = byName[name];
    const further = (byName[plural] ?? {}) as Readonly<Record<string, unknown>>;
    return [
      ...(main === undefined ? [] : [{ section, key: undefined, path: name, spec: main }]),
      ...Object.entries(further).map(([key, spec]) => ({
        section,
        key,
        path: `${plural}.${key}`,
        spec,
      })),
    ];
  });
}
