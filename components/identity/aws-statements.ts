/** AWS IAM statements from grants, each restricted to one resource. */
import type { Statement } from "../core/iam.ts";
import { fittingGroups } from "../core/role-policies.ts";
import type { AwsGrantee, AwsReferenceOf } from "../section/grant.ts";
import { type AwsGrant, type GrantableKind, type GrantKind, grantables } from "./grant-schema.ts";

/** The resources of a cell, by kind and by their name in grants. */
export type AwsReferences = {
  readonly [Kind in GrantKind]?: Readonly<
    Record<string, AwsReferenceOf<Extract<GrantableKind, { readonly kind: Kind }>>>
  >;
};

export interface AwsPlace {
  readonly account: string;
  readonly region: string;
}

/** The functions of a kind. Grant and reference have the same kind, which a union type cannot express. */
interface Kind {
  longest?(grant: AwsGrant, grantee: AwsGrantee): unknown;
  statements(grant: AwsGrant, reference: unknown, grantee: AwsGrantee): Statement[];
  missing?(grant: AwsGrant, reference: unknown): string | undefined;
}

/** Grants with an unknown resource: `bucket "uploads"`. */
export function missingReferences(
  grants: readonly AwsGrant[],
  references: AwsReferences,
  kinds = grantables,
): string[] {
  return grants.flatMap((grant) => {
    const reference = references[grant.kind]?.[grant.name];
    if (reference === undefined) return [`${grant.kind} "${grant.name}"`];
    return kindOf(grant, kinds).missing?.(grant, reference) ?? [];
  });
}

/** The statements of one workload. @param workload its key, the prefix of its consumer groups */
export function workloadStatements(
  workload: string,
  grants: readonly AwsGrant[],
  references: AwsReferences,
  { account, region }: AwsPlace,
  kinds = grantables,
): Statement[] {
  return grants.flatMap((grant, index) => {
    const reference = references[grant.kind]?.[grant.name];
    if (reference === undefined) return [];
    return kindOf(grant, kinds)
      .statements(grant, reference, { account, region, workload })
      .map((statement) => ({ ...statement, sid: `${statement.sid}${index + 1}` }));
  });
}

/**
 * The same statements for references of the greatest length, by grant. Those of a repository's own kinds are not known unless the kind
 * says its longest reference.
 */
export function longestStatements(
  workload: string,
  grants: readonly AwsGrant[],
  place: AwsPlace,
  kinds: readonly GrantableKind[],
): Statement[][] {
  const grantee = { ...place, workload };
  return grants.map((grant, index) => {
    const kind = kindOf(grant, kinds);
    if (kind.longest === undefined) return [];
    return kind
      .statements(grant, kind.longest(grant, grantee), grantee)
      .map((statement) => ({ ...statement, sid: `${statement.sid}${index + 1}` }));
  });
}

/** Why one role cannot have these grants. Undefined if it can. */
export function sizeProblem(
  workload: string,
  grants: readonly AwsGrant[],
  place: AwsPlace,
  kinds: readonly GrantableKind[],
): string | undefined {
  const fits = fittingGroups(longestStatements(workload, grants, place, kinds));
  return fits === grants.length
    ? undefined
    : `must be fewer: the first ${fits} fill the policies that a role can have; give the others to a workload with another service account`;
}

function kindOf({ kind }: AwsGrant, kinds: readonly GrantableKind[]): Kind {
  const found = kinds.find((known) => known.kind === kind);
  if (found) return found.aws as unknown as Kind;
  throw new TypeError(`"${kind}" passed the schema of grants but has no grant`);
}
