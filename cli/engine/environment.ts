/** Opens an environment for a command: checked manifests, the engine, the target, and an exclusive claim. */

import os from "node:os";
import { environmentOf } from "../../footprint/files/config-files.ts";
import type { Footprint } from "../../footprint/model.ts";
import { ensureEngine } from "../../tools/engine.ts";
import type { Io } from "../io.ts";
import { type Project, thisProject } from "../project.ts";
import { readFootprint } from "../repository.ts";
import { type Chosen, choose } from "./chosen.ts";
import { claim } from "./claim.ts";
import { checkSpace } from "./disk.ts";
import { embeddedCloud } from "./embedded-cloud.ts";
import { existingIn } from "./existing/existing.ts";
import type { Node } from "./graph.ts";
import { checkState, clearPending, releaseLocks, takeBackOrphans } from "./recovery.ts";
import { rehearsalOf } from "./rehearsal.ts";
import { openSession, type Session } from "./session.ts";
import { backUpStates, stacksInBackend } from "./state.ts";
import { openCloud, openRehearsal, openScratch, type Target } from "./target.ts";

export interface EnvironmentOptions {
  /** @default that of the working directory */
  readonly project?: Project;
  /** The environment, or one of its cells: `prod`, `prod.aws-use1`. */
  readonly asked: string;
  /** Uses the embedded cloud, whatever target the manifest names. */
  readonly rehearse?: boolean;
  /** Uses a temporary embedded cloud. */
  readonly scratch?: boolean;
  /** Policy packs of the user, in addition to the project's. */
  readonly packs?: readonly string[];
  /** Set when the command changes the environment: shown to other commands as the holder of the claim. */
  readonly claimedBy?: string;
}

export interface OpenEnvironment {
  readonly footprint: Footprint;
  readonly session: Session;
  /** All stacks of the environment by their manifests. */
  readonly stacks: readonly Node[];
  /** The requested stacks. */
  readonly chosen: Chosen;
  /** Runs an action after everything is closed and before the claim is released. */
  afterwards(action: () => void): void;
}

/**
 * Opens an environment, passes it to `work`, and closes it in any case.
 *
 * @throws BlueprintError when manifests are not valid or there is no engine; Failure when the state cannot be used
 */
export async function withEnvironment<Result>(
  io: Io,
  options: EnvironmentOptions,
  work: (open: OpenEnvironment) => Promise<Result>,
): Promise<Result> {
  const project = options.project ?? thisProject();
  const { asked } = options;
  const environment = environmentOf(asked);
  const footprint = await readFootprint(project, asked);
  const rehearsed =
    options.scratch || options.rehearse || footprint.environment.target === "rehearsal";
  const folders = rehearsalOf(project, environment);
  checkSpace(options.scratch ? [os.tmpdir()] : placesOf(rehearsed ? folders.root : undefined));
  const engine = await ensureEngine();
  const held =
    rehearsed && options.claimedBy !== undefined ? claim(folders, options.claimedBy) : undefined;
  const after: (() => void)[] = [];
  try {
    const session = await openSession({
      project,
      engine,
      target: await openTarget(project, environment, options, rehearsed),
      interrupts: io.interrupts,
      ...(options.packs ? { packs: options.packs } : {}),
    });
    try {
      if (rehearsed && !options.scratch) {
        checkState(session);
        if (held)
          for (const note of await recover(session, held.killed !== undefined)) io.note(note);
        if (held) backUpStates(folders, project.name);
      }
      session.target.inventory?.exist(existingIn(footprint));
      return await work({
        footprint,
        session,
        stacks: footprint.stacks,
        chosen: choose(footprint.stacks, asked),
        afterwards: (action) => void after.push(action),
      });
    } finally {
      await session.close();
    }
  } finally {
    for (const action of after) action();
    held?.release();
  }
}

/** The folders that a run writes to: its own, or that of a backend in files, and that of temporary files. */
function placesOf(rehearsal: string | undefined): string[] {
  const url = process.env.PULUMI_BACKEND_URL ?? "";
  const backend = url.startsWith("file://") ? url.slice(7).replace(/[?#].*$/, "") : "";
  const own = rehearsal ?? backend.replace(/^~/, os.homedir());
  return own === "" ? [os.tmpdir()] : [own, os.tmpdir()];
}

function openTarget(
  project: Project,
  environment: string,
  { scratch }: EnvironmentOptions,
  rehearsed: boolean,
): Promise<Target> {
  if (scratch) return openScratch(project, embeddedCloud);
  if (rehearsed) return openRehearsal(project, rehearsalOf(project, environment), embeddedCloud);
  return Promise.resolve(openCloud(project));
}

/** @returns one line per repair */
async function recover(session: Session, killed: boolean): Promise<string[]> {
  const { folders } = session.target;
  if (folders === undefined) return [];
  const stacks = stacksInBackend(folders, session.project.name);
  return [
    ...(await releaseLocks(session, stacks, killed)),
    ...(await clearPending(session, stacks)),
    ...takeBackOrphans(session),
  ];
}
