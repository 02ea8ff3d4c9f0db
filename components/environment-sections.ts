/** The sections of an environment, in build order. */
import { audit } from "./audit/environment-section.ts";
import { budget } from "./budget/environment-section.ts";
import { connectivity } from "./connectivity/environment-section.ts";
import { BlueprintError } from "./core/errors.ts";
import { deployers } from "./identity/environment-section.ts";
import { keys } from "./keys/environment-section.ts";
import { people } from "./people-access/environment-section.ts";
import { dns } from "./private-dns/environment-section.ts";
import { credentials } from "./provider/environment-section.ts";
import type { EnvironmentSection } from "./section/environment-section.ts";
import { tenancy } from "./tenancy/environment-section.ts";

export const environmentSections = [
  credentials,
  keys,
  audit,
  budget,
  deployers,
  connectivity,
  dns,
  people,
  tenancy,
] as const;

export type AtollEnvironmentSection = (typeof environmentSections)[number];

/**
 * Atoll's sections and those of a repository, which are built last.
 *
 * @param fields the names of the manifest's other fields
 * @throws BlueprintError `project-invalid` if two sections share a field of the manifest
 */
export function environmentSectionsWith(
  own: readonly EnvironmentSection[],
  fields: readonly string[] = [],
): readonly EnvironmentSection[] {
  const all: readonly EnvironmentSection[] = [...environmentSections, ...own];
  const names = [...fields, ...all.map(({ name }) => name)];
  const problems = own
    .filter(({ name }) => names.filter((other) => other === name).length > 1)
    .map(({ name }) => ({
      path: `environment section "${name}"`,
      message: "must not have the name of another section or field",
      got: name,
    }));
  if (problems.length === 0) return all;
  throw new BlueprintError("project-invalid", "the sections cannot be used:", problems);
}
