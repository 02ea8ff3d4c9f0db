/** Google roles that workloads and CI jobs may not have. Pure. */

/**
 * Roles that allow impersonation or privilege escalation in a project. Source: Rhino Security Labs,
 * "Privilege Escalation in Google Cloud Platform", and the roles' permissions in Google's IAM reference.
 */
const escalating: Readonly<Record<string, string>> = {
  "roles/cloudbuild.builds.editor": "builds as an account with more permissions",
  "roles/deploymentmanager.editor": "deploys as an account with more permissions",
  "roles/iam.organizationRoleAdmin": "extends roles",
  "roles/iam.roleAdmin": "extends roles",
  "roles/iam.securityAdmin": "grants itself any role",
  "roles/iam.serviceAccountAdmin": "lets itself impersonate any account",
  "roles/iam.serviceAccountKeyAdmin": "creates keys of any account",
  "roles/iam.serviceAccountOpenIdTokenCreator": "signs tokens of any account",
  "roles/iam.serviceAccountTokenCreator": "impersonates any account",
  "roles/iam.serviceAccountUser": "runs code as any account",
  "roles/iam.workloadIdentityPoolAdmin": "admits other issuers",
  "roles/iam.workloadIdentityUser": "impersonates any account",
  "roles/orgpolicy.policyAdmin": "removes organisation policies",
  "roles/resourcemanager.folderAdmin": "grants itself any role",
  "roles/resourcemanager.folderIamAdmin": "grants itself any role",
  "roles/resourcemanager.organizationAdmin": "grants itself any role",
};

/** Google's read-only roles, by name; the name of a custom role does not tell. */
const reading = /^roles\/.*(viewer|reader|reviewer)$/i;

/** Why a pull request job cannot have a role; undefined when it can. */
export function proposedRoleProblem(role: string): string | undefined {
  return reading.test(role)
    ? undefined
    : "must be read-only, for example roles/container.viewer: a pull request runs untrusted code";
}

const basic = ["roles/owner", "roles/editor", "roles/viewer", "roles/browser"];

/** Grants and revokes roles in a project; safe with a list of these roles. */
export const grantingRole = "roles/resourcemanager.projectIamAdmin";

/** A requested role in a project. */
export interface ProjectRole {
  readonly role: string;
  /** The only roles that it may grant and revoke. */
  readonly mayGrant?: readonly string[] | undefined;
}

/** Problems of a role, by path. */
export function roleProblems({
  role,
  mayGrant,
}: ProjectRole): { readonly path: readonly (string | number)[]; readonly message: string }[] {
  const own = roleProblem(role);
  const problems = own === undefined ? [] : [{ path: ["role"], message: own }];
  if (role === grantingRole && mayGrant === undefined) {
    return [{ path: ["mayGrant"], message: "must list the roles that it may grant and revoke" }];
  }
  if (role !== grantingRole && mayGrant !== undefined) {
    return [
      ...problems,
      { path: ["mayGrant"], message: `must be omitted: ${role} grants no roles` },
    ];
  }
  const given = (mayGrant ?? []).flatMap((granted, index) => {
    const message =
      roleProblem(granted) ?? (granted === grantingRole ? "must not grant itself" : undefined);
    return message === undefined ? [] : [{ path: ["mayGrant", index], message }];
  });
  return [...problems, ...given];
}

function roleProblem(role: string): string | undefined {
  if (basic.includes(role)) return "must not be a basic role: use predefined roles of the services";
  const how = escalating[role];
  return how === undefined ? undefined : `must not be a role that ${how}`;
}

/** A condition that allows granting only these roles. Source: "Set limits on granting roles", Google Cloud IAM. */
export function onlyGranting(roles: readonly string[]): string {
  const list = roles.map((role) => `'${role}'`).join(", ");
  return `api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([${list}])`;
}
