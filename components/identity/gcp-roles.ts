/** From grants to what Google's IAM takes: the roles of each kind of resource, on the one resource. */
import type * as pulumi from "@pulumi/pulumi";
import type { GcpReferenceOf, GcpRole } from "../section/grant.ts";
import { type GcpGrant, type GrantableKind, type GrantKind, grantables } from "./grant-schema.ts";

/** The resources of a cell, by kind and by the name that grants know them by. */
export type GcpReferences = {
  readonly [Kind in GrantKind]?: Readonly<
    Record<string, GcpReferenceOf<Extract<GrantableKind, { readonly kind: Kind }>>>
  >;
};

export interface GcpPlace {
  readonly project: string;
}

/** A kind as this file calls it: grant and reference are of the same kind, which no type can say of a union. */
interface Kind {
  roles(grant: GcpGrant, reference: unknown, place: GcpPlace): GcpRole[];
  readonly accountOnly?: boolean;
  sqlInstance?(reference: unknown): pulumi.Input<string>;
}

/** Whether only service accounts get the grant, not identities of a pool. */
export function isAccountOnly(grant: GcpGrant): boolean {
  return kindOf(grant).accountOnly === true;
}

/** The Cloud SQL instance whose user a workload with this grant is; undefined for other grants. */
export function sqlInstanceOf(
  grant: GcpGrant,
  references: GcpReferences,
): pulumi.Input<string> | undefined {
  const reference = references[grant.kind]?.[grant.name];
  return reference === undefined ? undefined : kindOf(grant).sqlInstance?.(reference);
}

/** The roles of one workload. A grant without a reference has none: see `missingGcpReferences`. */
export function workloadRoles(
  grants: readonly GcpGrant[],
  references: GcpReferences,
  { project }: GcpPlace,
): GcpRole[] {
  return grants.flatMap((grant) => {
    const reference = references[grant.kind]?.[grant.name];
    if (reference === undefined) return [];
    return kindOf(grant)
      .roles(grant, reference, { project })
      .map((role) => ({ ...role, key: keyOf(grant, role.key) }));
  });
}

/**
 * `bucket/uploads/images/write`: what is granted and not its place in the list, as Google has each role once. A role that came
 * under another name would be taken away with the old one. Slashes part it, as names and keys have none: no two are alike.
 */
function keyOf({ kind, name }: GcpGrant, role: string): string {
  return `${kind}/${name}/${role}`;
}

/** The grants whose resource is unknown: `bucket "uploads"`. */
export function missingGcpReferences(
  grants: readonly GcpGrant[],
  references: GcpReferences,
): string[] {
  return grants
    .filter(({ kind, name }) => references[kind]?.[name] === undefined)
    .map(({ kind, name }) => `${kind} "${name}"`);
}

function kindOf({ kind }: GcpGrant): Kind {
  const found = grantables.find((known) => known.kind === kind);
  if (found) return found.gcp as unknown as Kind;
  throw new TypeError(`"${kind}" passed the schema of grants and is none`);
}
