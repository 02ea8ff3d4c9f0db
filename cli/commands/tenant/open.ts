/** What commands on tenants start with: the environment and its cells, and the names of its tenants. */
import { BlueprintError, type Problem } from "../../../components/core/errors.ts";
import { listEnvironments, listStacks } from "../../../footprint/files/config-files.ts";
import { membersOf } from "../../../footprint/files/kind.ts";
import { loadFootprint } from "../../../footprint/load.ts";
import type { Footprint } from "../../../footprint/model.ts";
import { Failure } from "../../failure.ts";
import type { Project } from "../../project.ts";
import { readRegistry } from "../../repository.ts";

export interface TenantsOf {
  readonly environment: string;
  /** The environment and its cells. */
  readonly footprint: Footprint;
  /** The stacks of its tenants. */
  readonly stacks: readonly string[];
}

/** @throws BlueprintError for the environment's own manifests */
export async function openTenants(
  { root, configDir }: Project,
  asked: string | undefined,
): Promise<TenantsOf> {
  const environment = environmentFor(configDir, asked);
  const { cells, environments } = await readRegistry(root);
  const footprint = loadFootprint(configDir, environment, cells, environments);
  const { tenants } = membersOf(configDir, listStacks(configDir), environment);
  return { environment, footprint, stacks: tenants };
}

/** The only environment, where none is named. @throws Failure `bad-usage` */
export function environmentFor(configDir: string, asked: string | undefined): string {
  if (asked !== undefined) return asked;
  const all = listEnvironments(configDir);
  const [only, ...more] = all;
  if (only !== undefined && more.length === 0) return only;
  throw new Failure(
    "bad-usage",
    "it is not clear which environment is meant",
    `name it with --env: there are ${all.join(", ") || "none"}`,
  );
}

/** @throws BlueprintError `footprint-invalid` */
export function refuse(what: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new BlueprintError("footprint-invalid", `${what}:`, problems);
}
