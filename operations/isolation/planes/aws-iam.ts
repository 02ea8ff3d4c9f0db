/** IAM on AWS: what the roles of a tenant's pods may do with resources of others, and which roles they can assume. */
import { addMeetings, type Claim } from "../claims.ts";
import { cloudsOf } from "../iam/owned.ts";
import { claimsOf } from "../iam/permissions.ts";
import {
  type AwsPrincipal,
  type AwsRole,
  isOwn,
  principalsOf,
  rolesOf,
} from "../iam/principals.ts";
import { resourcePolicies } from "../iam/resource-policies.ts";
import { rolePaths } from "../iam/role-paths.ts";
import type { Paths } from "../paths.ts";
import type { Plane } from "../plane.ts";
import type { CellView } from "../view.ts";

export const awsIam: Plane = {
  id: "ISO6",
  title: "No role of a tenant's pods permits anything on resources of others in AWS",
  remedy:
    "limit statements to the tenant's resources, to prefixes that end in a delimiter, or by the session tag kubernetes-namespace",
  find,
};

function find(view: CellView, paths: Paths): void {
  const roles = rolesOf(view);
  const principals = principalsOf(view, roles);
  addMeetings(allClaims(view, principals), paths);
  escalations(view, paths, principals, roles);
}

function allClaims(view: CellView, principals: readonly AwsPrincipal[]): Claim[] {
  return [...principals.filter(isOwn).flatMap(claimsOf), ...cloudsOf(view)];
}

function escalations(
  view: CellView,
  paths: Paths,
  principals: readonly AwsPrincipal[],
  roles: readonly AwsRole[],
): void {
  rolePaths(view, paths, principals, roles);
  resourcePolicies(view, paths, principals);
}
