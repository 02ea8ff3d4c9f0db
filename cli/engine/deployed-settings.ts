/** Compares the manifests of cells with the settings that their deployed stacks publish. */
import { BlueprintError } from "../../components/core/errors.ts";
import type { Loss } from "../../footprint/changes/compare.ts";
import {
  changesOf,
  type DeployedSettings,
  deployedSettings,
  environmentChangesOf,
} from "../../footprint/changes/settings.ts";
import { configFile } from "../../footprint/files/config-files.ts";
import type { Footprint } from "../../footprint/model.ts";
import { mapAtOnce } from "./at-once.ts";
import { resourcesOf, stacksOf } from "./deployed.ts";
import type { RehearsalFolders } from "./rehearsal.ts";
import type { Session } from "./session.ts";
import { outputsOf, readCheckpoint, type StateResource } from "./state.ts";

type Compared = Pick<Footprint, "cells" | "environment" | "environmentSections" | "registry">;

/** What a change of settings loses in a stack. */
export interface SettingLoss extends Loss {
  readonly stack: string;
}

/**
 * What the manifests of these stacks lose compared with what is deployed.
 *
 * @throws BlueprintError `change-impossible` with every change that can never be made, and what to do instead
 */
export async function settingLosses(
  session: Session,
  footprint: Compared,
  stacks: readonly string[],
): Promise<SettingLoss[]> {
  // Of a tenant nothing is compared: the states of hundreds are not read.
  const compared = new Set([
    footprint.environment.stack,
    ...footprint.cells.map(({ stack }) => stack),
  ]);
  const wanted = new Set(stacks.filter((stack) => compared.has(stack)));
  const existing = (await stacksOf(session)).filter((stack) => wanted.has(stack));
  const deployed = await mapAtOnce(
    existing,
    async (stack) => [stack, await resourcesOf(session, stack)] as const,
  );
  return lossesAgainst(new Map(deployed), footprint);
}

/** The same against the rehearsal of an environment, for a command that runs on another cloud. @throws BlueprintError */
export function settingLossesInRehearsal(
  folders: RehearsalFolders,
  project: string,
  footprint: Compared,
  stacks: readonly string[],
): SettingLoss[] {
  const deployed = stacks.map(
    (stack) => [stack, readCheckpoint(folders, project, stack)?.resources ?? []] as const,
  );
  return lossesAgainst(new Map(deployed), footprint);
}

function lossesAgainst(
  deployed: ReadonlyMap<string, readonly StateResource[]>,
  footprint: Compared,
): SettingLoss[] {
  const compared = [...deployed].flatMap(([stack, resources]) => {
    const settings = settingsIn(resources);
    const cell = footprint.cells.find((one) => one.stack === stack);
    if (cell !== undefined) return [{ stack, ...changesOf(settings, cell, footprint.registry) }];
    if (stack !== footprint.environment.stack) return [];
    return [{ stack, ...environmentChangesOf(settings, footprint) }];
  });
  const problems = compared.flatMap(({ stack, refusals }) =>
    refusals.map((problem) => ({ ...problem, path: `${configFile(stack)}: ${problem.path}` })),
  );
  if (problems.length > 0) {
    throw new BlueprintError(
      "change-impossible",
      "what is deployed cannot become what the manifests describe; nothing was changed:",
      problems,
    );
  }
  return compared.flatMap(({ stack, losses }) => losses.map((loss) => ({ stack, ...loss })));
}

/** Empty for a stack that an older release deployed, or that is not deployed. */
function settingsIn(resources: readonly StateResource[]): DeployedSettings {
  const { cell, footprint = cell } = outputsOf({ resources });
  const outputs = typeof footprint === "object" && footprint !== null ? footprint : {};
  const { settings } = outputs as Record<string, unknown>;
  return deployedSettings.safeParse(settings).data ?? {};
}
