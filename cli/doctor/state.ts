/** Checks of rehearsals: whether their state can be read, and locks left by a killed run. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { configFile } from "../../footprint/files/config-files.ts";
import { parseConfig } from "../../footprint/files/yaml.ts";
import { isHeld, readLocks } from "../engine/locks.ts";
import { passphraseFits } from "../engine/passphrase.ts";
import { type RehearsalFolders, rehearsalOf, rehearsalPassphrase } from "../engine/rehearsal.ts";
import { readCheckpoint, stacksInBackend } from "../engine/state.ts";
import { Failure } from "../failure.ts";
import type { Project } from "../project.ts";
import { type Finding, missing, note, ok } from "./finding.ts";

export async function stateFindings(
  project: Project,
  environments: readonly string[],
): Promise<Finding[]> {
  const all = environments.map(async (environment) => {
    const folders = rehearsalOf(project, environment);
    const stacks = stacksInBackend(folders, project.name);
    if (stacks.length === 0) return [];
    return [
      ...readableFinding(environment, folders, project, stacks),
      ...stacks.flatMap((stack) => lockFindings(folders, project, stack)),
      await passphraseFinding(environment, folders, stacks),
    ];
  });
  return (await Promise.all(all)).flat();
}

function readableFinding(
  environment: string,
  folders: RehearsalFolders,
  project: Project,
  stacks: readonly string[],
): Finding[] {
  const what = `rehearsal of ${environment}`;
  try {
    const checkpoints = stacks.map((stack) => readCheckpoint(folders, project.name, stack));
    const resources = checkpoints.reduce((sum, each) => sum + (each?.resources.length ?? 0), 0);
    const pending = checkpoints.reduce((sum, each) => sum + (each?.pending.length ?? 0), 0);
    const found = `${stacks.length} stacks, ${resources} resources`;
    return [
      pending === 0
        ? ok(what, found)
        : note(
            what,
            `${found}, ${pending} operations interrupted`,
            `to finish them, run npx atoll up ${environment}`,
          ),
    ];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [missing(what, error.message, error.cure)];
  }
}

function lockFindings(folders: RehearsalFolders, project: Project, stack: string): Finding[] {
  return readLocks(folders, project.name, stack).map((lock) => {
    const who = `process ${lock.pid} of ${lock.user}@${lock.host} since ${lock.since}`;
    return isHeld(lock)
      ? note(`lock on ${stack}`, `held by ${who}`, "wait for it to end")
      : note(
          `lock on ${stack}`,
          `left by ${who}, which has ended`,
          `the next atoll up releases it; to release it now: npx atoll pulumi -- cancel -s ${stack} --yes`,
        );
  });
}

async function passphraseFinding(
  environment: string,
  { config }: RehearsalFolders,
  stacks: readonly string[],
): Promise<Finding> {
  const fits = await Promise.all(
    stacks.map(async (stack) => {
      const file = path.join(config, configFile(stack));
      if (!existsSync(file)) return true;
      const salt: unknown = parseConfig(readFileSync(file, "utf8")).get("encryptionsalt");
      return typeof salt !== "string" || passphraseFits(salt, rehearsalPassphrase());
    }),
  );
  const wrong = stacks.filter((_, index) => !fits[index]);
  const what = `passphrase of ${environment}`;
  return wrong.length === 0
    ? ok(
        what,
        process.env.PULUMI_CONFIG_PASSPHRASE === undefined ? "the default of rehearsals" : "fits",
      )
    : missing(
        what,
        `does not fit ${wrong.join(", ")}`,
        "set PULUMI_CONFIG_PASSPHRASE to the passphrase that the rehearsal was created with, or unset it if none was set",
      );
}
