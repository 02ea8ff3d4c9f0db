/** Roles of Google that nobody but people who sign in for it may have. Pure. */

/**
 * Roles that let their holder become somebody else or give itself more, at the level of a project. Source: Rhino Security Labs,
 * "Privilege Escalation in Google Cloud Platform", and the roles' permissions in Google's IAM reference.
 */
const escalating: Readonly<Record<string, string>> = {
  "roles/cloudbuild.builds.editor": "builds as an account that may more",
  "roles/deploymentmanager.editor": "deploys as an account that may more",
  "roles/iam.organizationRoleAdmin": "widens roles",
  "roles/iam.roleAdmin": "widens roles",
  "roles/iam.securityAdmin": "gives itself any role",
  "roles/iam.serviceAccountAdmin": "lets itself act as any account",
  "roles/iam.serviceAccountKeyAdmin": "makes keys of any account",
  "roles/iam.serviceAccountOpenIdTokenCreator": "signs tokens of any account",
  "roles/iam.serviceAccountTokenCreator": "acts as any account",
  "roles/iam.serviceAccountUser": "runs code as any account",
  "roles/iam.workloadIdentityPoolAdmin": "lets other issuers in",
  "roles/iam.workloadIdentityUser": "acts as any account",
  "roles/orgpolicy.policyAdmin": "lifts the guardrails",
  "roles/resourcemanager.folderAdmin": "gives itself any role",
  "roles/resourcemanager.folderIamAdmin": "gives itself any role",
  "roles/resourcemanager.organizationAdmin": "gives itself any role",
};

/** Roles that only read, as Google names them; what a role of one's own may do, its name does not say. */
const reading = /^roles\/.*(viewer|reader|reviewer)$/i;

/** Why a job that anybody can start, by proposing a change, cannot have a role; undefined where it can. */
export function proposedRoleProblem(role: string): string | undefined {
  return reading.test(role)
    ? undefined
    : "must only read, as roles/container.viewer does: a pull request runs what anybody proposes";
}

const basic = ["roles/owner", "roles/editor", "roles/viewer", "roles/browser"];

/** Gives and takes roles in a project; safe with a list of the roles it is about. */
export const grantingRole = "roles/resourcemanager.projectIamAdmin";

/** One role that is asked for in a project. */
export interface ProjectRole {
  readonly role: string;
  /** The only roles it may give and take. */
  readonly mayGrant?: readonly string[] | undefined;
}

/** What is wrong with a role, by where it stands. */
export function roleProblems({
  role,
  mayGrant,
}: ProjectRole): { readonly path: readonly (string | number)[]; readonly message: string }[] {
  const own = roleProblem(role);
  const problems = own === undefined ? [] : [{ path: ["role"], message: own }];
  if (role === grantingRole && mayGrant === undefined) {
    return [{ path: ["mayGrant"], message: "must list the roles that it may give and take" }];
  }
  if (role !== grantingRole && mayGrant !== undefined) {
    return [...problems, { path: ["mayGrant"], message: `must be left out: ${role} gives none` }];
  }
  const given = (mayGrant ?? []).flatMap((granted, index) => {
    const message =
      roleProblem(granted) ?? (granted === grantingRole ? "must not give itself on" : undefined);
    return message === undefined ? [] : [{ path: ["mayGrant", index], message }];
  });
  return [...problems, ...given];
}

function roleProblem(role: string): string | undefined {
  if (basic.includes(role)) return "must not be a basic role: name the roles of the services";
  const how = escalating[role];
  return how === undefined ? undefined : `must not be a role that ${how}`;
}

/** Only these roles. Source: "Set limits on granting roles", Google Cloud IAM. */
export function onlyGranting(roles: readonly string[]): string {
  const list = roles.map((role) => `'${role}'`).join(", ");
  return `api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([${list}])`;
}
