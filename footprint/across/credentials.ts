/** Roles that stacks assume, and what cells must grant them. Pure. */
import type { Problem } from "../../components/core/errors.ts";
import { configFile } from "../files/config-files.ts";
import type { EnvironmentManifest, PlacedCell } from "../model.ts";

/** EKS admits only principals with an access entry: the role that deploys must be one of them. */
export function signInProblems(
  { accounts }: EnvironmentManifest["credentials"],
  cells: readonly PlacedCell[],
): Problem[] {
  return cells.flatMap((cell) => {
    const role = cell.cloud === "aws" ? accounts[cell.account]?.assumeRole.roleArn : undefined;
    if (role === undefined || admitted(cell.sections.cluster?.access).includes(role)) return [];
    // The owner of an existing cluster may have given access to it.
    if (cell.sections.cluster?.existing !== undefined) return [];
    return {
      path: `${configFile(cell.stack)}: cluster.access`,
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
