/** Entries of an environment's sections for accounts, projects, regions and cells that the environment does not have. */
import type { Problem } from "../../components/core/errors.ts";
import { nameSchema } from "../../components/core/stack-name.ts";
import { didYouMean } from "../../components/core/suggest.ts";
import type {
  EnvironmentSection,
  SectionEntries,
} from "../../components/section/environment-section.ts";
import {
  type EnvironmentContext,
  unreadCells,
} from "../../components/section/environment-section.ts";

export function unknownTargets(
  { name }: EnvironmentSection,
  all: readonly SectionEntries[],
  context: EnvironmentContext,
): Problem[] {
  const { file, names, targets } = context;
  return all.flatMap((given) => {
    const { by, entries, also = [] } = given;
    const at = `${file}: ${[name, ...given.at].join(".")}`;
    if (by === "cell") {
      // The entry may refer to a cell whose own name is invalid.
      if (!names.every((cell) => nameSchema.safeParse(cell).success)) return [];
      return unknownEntries(entries, names, at, "no such cell in the environment");
    }
    // The location of a cell that could not be read is unknown.
    if (unreadCells(context).length > 0) return [];
    const known = by === "account" ? targets.accounts : targets.projects;
    return [
      ...unknownEntries(
        entries,
        [...Object.keys(known), ...also],
        at,
        `no cell of the environment is in this ${by}`,
      ),
      ...(given.byRegion ? unknownRegions(given, known, at) : []),
    ];
  });
}

function unknownRegions(
  { by, entries }: SectionEntries,
  known: EnvironmentContext["targets"]["accounts"],
  at: string,
): Problem[] {
  const message = `no cell of the environment is in this region of the ${by}`;
  return Object.entries(entries).flatMap(([id, regions]) => {
    const used = known[id]?.regions;
    if (used === undefined) return [];
    return unknownEntries(regions as object, used, `${at}.${id}`, message);
  });
}

function unknownEntries(
  given: object,
  known: readonly string[],
  at: string,
  message: string,
): Problem[] {
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: `${at}.${name}`,
      message: `${message}${didYouMean(name, known)}`,
    }));
}
