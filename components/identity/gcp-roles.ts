/** Google IAM roles from grants, each restricted to one resource. */
import type * as pulumi from "@pulumi/pulumi";
import type { GcpReferenceOf, GcpRole } from "../section/grant.ts";
import { type GcpGrant, type GrantableKind, type GrantKind, grantables } from "./grant-schema.ts";

/** The resources of a cell, by kind and by their name in grants. */
export type GcpReferences = {
  readonly [Kind in GrantKind]?: Readonly<
    Record<string, GcpReferenceOf<Extract<GrantableKind, { readonly kind: Kind }>>>
  >;
};

export interface GcpPlace {
  readonly project: string;
}

/** The functions of a kind. Grant and reference have the same kind, which a union type cannot express. */
interface Kind {
  roles(grant: GcpGrant, reference: unknown, place: GcpPlace): GcpRole[];
  readonly accountOnly?: boolean;
  sqlInstance?(reference: unknown): pulumi.Input<string>;
}

/** Whether the grant requires a service account instead of an identity of a pool. */
export function isAccountOnly(grant: GcpGrant, kinds = grantables): boolean {
  return kindOf(grant, kinds).accountOnly === true;
}

/** The Cloud SQL instance that a workload with this grant becomes a user of; undefined for other grants. */
export function sqlInstanceOf(
  grant: GcpGrant,
  references: GcpReferences,
  kinds = grantables,
): pulumi.Input<string> | undefined {
  const reference = references[grant.kind]?.[grant.name];
  return reference === undefined ? undefined : kindOf(grant, kinds).sqlInstance?.(reference);
}

/** The roles of one workload. Grants without a reference have none: see `missingGcpReferences`. */
export function workloadRoles(
  grants: readonly GcpGrant[],
  references: GcpReferences,
  { project }: GcpPlace,
  kinds = grantables,
): GcpRole[] {
  return grants.flatMap((grant) => {
    const reference = references[grant.kind]?.[grant.name];
    if (reference === undefined) return [];
    return kindOf(grant, kinds)
      .roles(grant, reference, { project })
      .map((role) => ({ ...role, key: keyOf(grant, role.key) }));
  });
}

/**
 * `bucket/uploads/images/write`: derived from the grant and not from its index, because the same role under a new name would be
 * deleted together with the old one. Slashes make it unique, because names and keys contain none.
 */
function keyOf({ kind, name }: GcpGrant, role: string): string {
  return `${kind}/${name}/${role}`;
}

/** Grants with an unknown resource: `bucket "uploads"`. */
export function missingGcpReferences(
  grants: readonly GcpGrant[],
  references: GcpReferences,
): string[] {
  return grants
    .filter(({ kind, name }) => references[kind]?.[name] === undefined)
    .map(({ kind, name }) => `${kind} "${name}"`);
}

function kindOf({ kind }: GcpGrant, kinds: readonly GrantableKind[]): Kind {
  const found = kinds.find((known) => known.kind === kind);
  if (found) return found.gcp as unknown as Kind;
  throw new TypeError(`"${kind}" passed the schema of grants but has no grant`);
}
