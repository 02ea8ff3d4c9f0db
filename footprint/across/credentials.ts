/** Roles that stacks act as, and what cells have to grant them. Pure. */
import type { Problem } from "../../components/core/errors.ts";
import { configFile } from "../files/config-files.ts";
import type { EnvironmentManifest, PlacedCell } from "../model.ts";

/** EKS knows nobody but whom the cluster's access entries name: the role that deploys has to be one of them. */
export function signInProblems(
  { accounts }: EnvironmentManifest["credentials"],
  cells: readonly PlacedCell[],
): Problem[] {
  return cells.flatMap((cell) => {
    const role = cell.cloud === "aws" ? accounts[cell.account]?.assumeRole.roleArn : undefined;
    if (role === undefined || admitted(cell.sections.cluster?.access).includes(role)) return [];
    return {
      path: `${configFile(cell.stack)}: cluster.access`,
      message: `must name ${role} with the policy "cluster-admin": the environment's credentials sign in to the cluster as this role`,
    };
  });
}

/** The principals that may do everything in a cluster; what is wrong with an entry is reported where entries are checked. */
function admitted(access: unknown): unknown[] {
  if (typeof access !== "object" || access === null) return [];
  return Object.values(access).flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    const { policy, principalArn } = entry as Readonly<Record<string, unknown>>;
    return policy === "cluster-admin" ? [principalArn] : [];
  });
}
