/** `atoll env`: prints the environment variables that plain Pulumi needs to use the embedded cloud. */
import { environmentOf } from "../../footprint/files/config-files.ts";
import { openConsole } from "../../simulator/console.ts";
import { ensureEngine } from "../../tools/engine.ts";
import { ensureServer, stopServer } from "../engine/background.ts";
import { choose } from "../engine/chosen.ts";
import { makeStacks } from "../engine/deploy.ts";
import { orUnreadable } from "../engine/embedded-cloud.ts";
import { existingIn } from "../engine/existing/existing.ts";
import { keepPrivate } from "../engine/private.ts";
import {
  leadsElsewhere,
  makeFolders,
  rehearsalOf,
  rehearsalVariables,
} from "../engine/rehearsal.ts";
import { withoutNpm } from "../engine/search-path.ts";
import { engineVariables, openSession } from "../engine/session.ts";
import { stacksInBackend } from "../engine/state.ts";
import { attachRehearsal } from "../engine/target.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import type { Io } from "../io.ts";
import { thisProject } from "../project.ts";
import { readFootprint } from "../repository.ts";
import { type Shell, shellLines } from "../shell.ts";

export interface EnvOptions {
  /** An environment, or one cell. */
  readonly asked: string;
  readonly shell: Shell;
  readonly stop?: boolean;
}

export async function env(io: Io, { asked, shell, stop }: EnvOptions): Promise<ExitCode> {
  const project = thisProject();
  const environment = environmentOf(asked);
  const folders = rehearsalOf(project, environment);
  if (stop) {
    const stopped = await stopServer(folders);
    io.note(
      stopped
        ? `the background server of ${environment} has ended`
        : `no background server of ${environment} is running`,
    );
    io.result({ environment, stopped });
    return exitCodes.done;
  }
  const footprint = await readFootprint(project, asked);
  const engine = await ensureEngine();
  // The server inherits the mask.
  keepPrivate();
  makeFolders(folders, project);
  orUnreadable(folders.root, () => {
    const console = openConsole(folders.root);
    try {
      console.exist(existingIn(footprint));
    } finally {
      console.close();
    }
  });
  const server = await ensureServer(
    folders,
    environment,
    project,
    engine.languageHost === undefined,
  );
  const session = await openSession({
    project,
    engine,
    target: attachRehearsal(project, folders, server.attachment),
  });
  try {
    const existing = stacksInBackend(folders, project.name);
    const { before, stacks } = choose(footprint.stacks, asked);
    const wanted = [...before, ...stacks].map(({ name }) => name);
    await makeStacks(
      session,
      wanted.filter((name) => !existing.includes(name)),
    );
  } finally {
    await session.close();
  }
  const variables = exported(
    engineVariables(
      {
        PATH: withoutNpm(process.env.PATH),
        ...withoutUsersPassphrase(rehearsalVariables(folders, server.attachment)),
      },
      engine,
      server.language,
    ),
  );
  for (const line of shellLines(shell, variables)) io.say(line);
  const own = process.env.PULUMI_CONFIG_PASSPHRASE !== undefined;
  io.result({
    environment,
    server,
    variables,
    ...(own ? { passphraseFrom: "PULUMI_CONFIG_PASSPHRASE" } : {}),
  });
  return exitCodes.done;
}

/** The user's own passphrase is in the environment already, and must not be printed. */
function withoutUsersPassphrase(variables: Record<string, string>): Record<string, string> {
  const { PULUMI_CONFIG_PASSPHRASE: _, ...others } = variables;
  return process.env.PULUMI_CONFIG_PASSPHRASE === undefined ? variables : others;
}

/** Unsets variables that point to a real backend or stack, so that the user's settings do not affect the rehearsal. */
function exported(variables: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return { ...Object.fromEntries(leadsElsewhere.map((name) => [name, undefined])), ...variables };
}
