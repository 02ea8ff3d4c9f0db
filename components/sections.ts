/** All sections of a cell, in build order: infrastructure, services, then the identities that use them. */
import { cluster } from "./cluster/section.ts";
import { BlueprintError, type Problem } from "./core/errors.ts";
import { identity } from "./identity/section.ts";
import { network } from "./network/section.ts";
import { nodePools } from "./node-pool/section.ts";
import type { Section } from "./section/section.ts";
import { services } from "./services.ts";

export const cellSections = [network, cluster, nodePools, ...services, identity] as const;

/**
 * Atoll's sections and those of a repository, which are built after Atoll's services and before identities.
 *
 * @throws BlueprintError `project-invalid` if two sections share a field of the manifest or a component's name
 */
export function sectionsWith(own: readonly Section[]): readonly Section[] {
  if (own.length === 0) return cellSections;
  const all: readonly Section[] = [network, cluster, nodePools, ...services, ...own, identity];
  const problems = own.flatMap((section): Problem[] => {
    const taken = all.filter((other) => other !== section).flatMap(namesOf);
    return namesOf(section)
      .filter((name) => taken.includes(name))
      .map((got) => ({
        path: `section "${section.name}"`,
        message: "must not share a name with another section",
        got,
      }));
  });
  if (problems.length === 0) return all;
  throw new BlueprintError("project-invalid", "the sections cannot be used:", problems);
}

function namesOf({ name, plural, component }: Section): string[] {
  return [...new Set([name, component, ...(plural === undefined ? [] : [plural])])];
}

export type CellSection = (typeof cellSections)[number];
