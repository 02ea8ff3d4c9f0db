/** All checks of the doctor: the machine, the project, its environments. */

import { BlueprintError } from "../../components/core/errors.ts";
import { listEnvironments } from "../../footprint/files/config-files.ts";
import type { Footprint } from "../../footprint/model.ts";
import { type Project, thisProject } from "../project.ts";
import { readFootprint } from "../repository.ts";
import { cloudFindings } from "./clouds.ts";
import { type Finding, missing, ok } from "./finding.ts";
import { engineFindings, machineFindings } from "./machine.ts";
import { orphanFindings } from "./orphans.ts";
import { stateFindings } from "./state.ts";

export interface Examination {
  readonly environment?: string;
  /** Also checks with the clouds whether the credentials are valid. */
  readonly online?: boolean;
}

export async function examine({ environment, online }: Examination): Promise<Finding[]> {
  const project = thisProject();
  const names = environment === undefined ? environmentsOf(project) : [environment];
  const footprints: Footprint[] = [];
  const config: Finding[] = [];
  for (const name of names) config.push(await configFinding(project, name, footprints));
  return [
    ...machineFindings(project),
    ...(await engineFindings()),
    ...(names.length === 0
      ? [missing("environments", "none", `write ${project.configDir}/Pulumi.<environment>.yaml`)]
      : config),
    ...(await stateFindings(project, names)),
    ...(await orphanFindings(project, footprints, online === true)),
    ...(await cloudFindings(footprints, online === true)),
  ];
}

function environmentsOf({ configDir }: Project): string[] {
  try {
    return listEnvironments(configDir);
  } catch {
    return [];
  }
}

async function configFinding(
  project: Project,
  name: string,
  footprints: Footprint[],
): Promise<Finding> {
  try {
    const footprint = await readFootprint(project, name);
    footprints.push(footprint);
    const { target, lifetime } = footprint.environment;
    return ok(
      `environment ${name}`,
      `${footprint.cells.length} cells, target ${target}, ${lifetime}`,
    );
  } catch (error) {
    if (!(error instanceof BlueprintError)) throw error;
    return missing(
      `environment ${name}`,
      error.problems.length === 1 ? "1 problem" : `${error.problems.length} problems`,
      error.message,
    );
  }
}
