/** All sections of a cell, in build order: infrastructure, services, then the identities that use them. */
import { cluster } from "./cluster/section.ts";
import { BlueprintError, type Problem } from "./core/errors.ts";
import { grantablesWith } from "./identity/grant-schema.ts";
import { identity, identityWith } from "./identity/section.ts";
import { network } from "./network/section.ts";
import { nodePools } from "./node-pool/section.ts";
import type { GrantKind } from "./section/grant.ts";
import type { Section } from "./section/section.ts";
import { services } from "./services.ts";
import { tenancy } from "./tenancy/section.ts";

export const cellSections = [network, cluster, nodePools, ...services, identity, tenancy] as const;

/**
 * Atoll's sections and those of a repository, which are built after Atoll's services and before identities.
 *
 * @throws BlueprintError `project-invalid` if two sections share a field of the manifest, a component's name or a kind of grants
 */
export function sectionsWith(own: readonly Section[]): readonly Section[] {
  if (own.length === 0) return cellSections;
  const grants = own.flatMap(({ grant }) => grant ?? []);
  const all: readonly Section[] = [
    network,
    cluster,
    nodePools,
    ...services,
    ...own,
    identityWith(grants),
    tenancy,
  ];
  const kinds = grantablesWith(grants).map(({ kind }) => kind);
  const problems = own.flatMap((section): Problem[] => {
    const path = `section "${section.name}"`;
    const taken = all.filter((other) => other !== section).flatMap(namesOf);
    const { kind } = section.grant ?? {};
    return [
      ...namesOf(section)
        .filter((name) => taken.includes(name))
        .map((got) => ({ path, message: "must not share a name with another section", got })),
      ...(kind !== undefined && kinds.filter((other) => other === kind).length > 1
        ? [{ path: `${path}: grant`, message: "must have a kind that no other has", got: kind }]
        : []),
    ];
  });
  if (problems.length === 0) return all;
  throw new BlueprintError("project-invalid", "the sections cannot be used:", problems);
}

/** The kinds of grants that are not Atoll's. */
export function ownGrants(registry: readonly Section[]): readonly GrantKind[] {
  const known = grantablesWith().map(({ kind }): string => kind);
  return registry.flatMap(({ grant }) => (grant && !known.includes(grant.kind) ? grant : []));
}

function namesOf({ name, plural, component }: Section): string[] {
  return [...new Set([name, component, ...(plural === undefined ? [] : [plural])])];
}

export type CellSection = (typeof cellSections)[number];
