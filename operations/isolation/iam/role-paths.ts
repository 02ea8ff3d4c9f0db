/** Roles that a tenant can assume besides its own, and rights with which it grants itself others. Pure. */
import { matches } from "../glob.ts";
import { theCell } from "../model.ts";
import type { Paths } from "../paths.ts";
import { type CellView, ownerText } from "../view.ts";
import { effective } from "./permissions.ts";
import { type AwsPrincipal, type AwsRole, tenantsOfTokens } from "./principals.ts";
import { areMet, coversAction, type Statement } from "./statements.ts";

/** Source: AWS IAM, "Actions, resources, and condition keys": actions that grant. */
const grants = [
  "iam:PutRolePolicy",
  "iam:AttachRolePolicy",
  "iam:UpdateAssumeRolePolicy",
  "iam:CreatePolicyVersion",
  "iam:SetDefaultPolicyVersion",
  "iam:CreateAccessKey",
  "iam:CreateRole",
  "iam:PassRole",
  "eks:CreatePodIdentityAssociation",
  "eks:UpdatePodIdentityAssociation",
  "eks:CreateAccessEntry",
  "eks:AssociateAccessPolicy",
  "ec2:RunInstances",
  "lambda:UpdateFunctionCode",
];

export function rolePaths(
  view: CellView,
  paths: Paths,
  principals: readonly AwsPrincipal[],
  roles: readonly AwsRole[],
): void {
  for (const principal of principals) {
    usesRoleOf(paths, principal);
    for (const statement of effective(principal.role.statements, principal.session, "Allow")) {
      grantsItself(view, paths, principal, statement);
      assumes(paths, principal, statement, roles);
    }
  }
  const byArn = Map.groupBy(principals, ({ role }) => role.arn);
  for (const role of roles) trusts(view, paths, role, principals, byArn);
}

/** An association or a token that gives the role of another tenant. */
function usesRoleOf(paths: Paths, { tenant, name, role }: AwsPrincipal): void {
  if (role.owner === theCell || role.owner === tenant) return;
  add(paths, tenant, role, `${name} of tenant ${tenant}`, "its association or its token gives it");
}

function add(paths: Paths, tenant: string, role: AwsRole, principal: string, because: string) {
  paths.add({
    key: because,
    from: tenant,
    to: [role.owner],
    resource: role.resource,
    steps: () => [
      { principal, can: `acts as role ${role.name} of ${ownerText(role.owner)}`, because },
    ],
  });
}

function grantsItself(
  view: CellView,
  paths: Paths,
  { tenant, name, role }: AwsPrincipal,
  statement: Statement,
): void {
  const action = grants.find((each) => coversAction(statement, each));
  if (action === undefined || statement.resources.length === 0) return;
  paths.add({
    key: action,
    from: tenant,
    to: view.everyoneBut(tenant),
    resource: role.resource,
    steps: () => [
      {
        principal: `${name} of tenant ${tenant}`,
        can: `may ${action}, and so grants itself anything`,
        because: `statement ${statement.sid} of role ${role.name} allows it`,
      },
    ],
  });
}

/** Both the caller and the role must allow it; within an account a trust in the account leaves it to the caller. */
function assumes(
  paths: Paths,
  { tenant, name, session }: AwsPrincipal,
  statement: Statement,
  roles: readonly AwsRole[],
): void {
  if (!coversAction(statement, "sts:AssumeRole")) return;
  for (const role of roles) {
    if (role.owner === tenant) continue;
    const asked = statement.resources.some((pattern) => matches(pattern, role.arn));
    const trusted = role.trust.some(
      (each) =>
        each.effect === "Allow" &&
        each.principals.some((one) => /^AWS .*:root$/.test(one)) &&
        areMet(each.conditions, session) !== false,
    );
    if (asked && trusted)
      add(
        paths,
        tenant,
        role,
        `${name} of tenant ${tenant}`,
        `statement ${statement.sid} allows sts:AssumeRole, and the role trusts the account`,
      );
  }
}

function trusts(
  view: CellView,
  paths: Paths,
  role: AwsRole,
  principals: readonly AwsPrincipal[],
  byArn: ReadonlyMap<string, readonly AwsPrincipal[]>,
): void {
  for (const [tenant, name] of tenantsOfTokens(view, role))
    if (role.owner !== theCell && role.owner !== tenant)
      add(paths, tenant, role, `${name} of tenant ${tenant}`, "its trust policy names them");
  for (const statement of role.trust) {
    if (statement.effect !== "Allow") continue;
    const callers = statement.principals.flatMap((one) =>
      one === "*" ? principals : (byArn.get(one.replace(/^AWS /, "")) ?? []),
    );
    for (const { tenant, name, session, role: own } of callers) {
      if (tenant === role.owner || own === role) continue;
      if (areMet(statement.conditions, session) === false) continue;
      add(paths, tenant, role, `${name} of tenant ${tenant}`, "its trust policy names the caller");
    }
  }
}
