/** The roles and service accounts that an environment's stacks use, as a section of its manifest. */

import { connectivity } from "../connectivity/environment-section.ts";
import type { Problem } from "../core/errors.ts";
import type { EnvironmentContext } from "../section/environment-section.ts";
import { byTarget, defineEnvironmentSection } from "../section/environment-section.ts";
import { credentialsChanges } from "./changes.ts";
import { type Credentials, credentialsSettings } from "./credentials.ts";

export const credentials = defineEnvironmentSection({
  name: "credentials",
  page: "stacks/README.md",
  about: "The roles and service accounts that its stacks and its cells' stacks use.",
  settings: credentialsSettings,
  changes: credentialsChanges,
  required: "defaulted",
  entries: (settings: Credentials, environment: EnvironmentContext) => {
    const [accounts, projects] = byTarget(settings);
    // Google's hub may be in a separate project.
    const { googleHub } = environment.settings(connectivity) ?? {};
    return [accounts, { ...projects, also: googleHub ? [googleHub.project] : [] }];
  },
  check: signInProblems,
});

/** EKS admits only principals with an access entry: the role that deploys must be one of them. */
function signInProblems({ accounts }: Credentials, { cells }: EnvironmentContext): Problem[] {
  return cells.flatMap((cell) => {
    const role = cell.cloud === "aws" ? accounts[cell.account]?.assumeRole.roleArn : undefined;
    if (role === undefined || admitted(cell.sections.cluster?.access).includes(role)) return [];
    // The owner of an existing cluster may have given access to it.
    if (cell.sections.cluster?.existing !== undefined) return [];
    return {
      path: `${cell.file}: cluster.access`,
      message: `must include ${role} with the policy "cluster-admin": the environment's credentials sign in to the cluster as this role`,
    };
  });
}

/** The administrators of a cluster. Invalid entries are reported where entries are checked. */
function admitted(access: unknown): unknown[] {
  if (typeof access !== "object" || access === null) return [];
  return Object.values(access).flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    const { policy, principalArn } = entry as Readonly<Record<string, unknown>>;
    return policy === "cluster-admin" ? [principalArn] : [];
  });
}
