/** What all runs of one command share: the engine, the target, the language host and the interrupts. */
import path from "node:path";
import { findProject } from "../../footprint/files/project-file.ts";
import { isPlain } from "../../sdk/plain.mjs";
import type { Engine } from "../../tools/engine.ts";
import type { Project } from "../project.ts";
import { engineFault, interruptedCommand } from "./engine-failures.ts";
import { startLanguageHost } from "./language-host.ts";
import type { OwnCode } from "./own-code.ts";
import { programVariables } from "./program-variables.ts";
import { searchPath } from "./search-path.ts";
import { type Ended, run } from "./spawn.ts";
import type { Target } from "./target.ts";

export interface Session {
  readonly project: Project;
  readonly engine: Engine;
  readonly target: Target;
  /** The environment variables of the engine: the target's, and those by which it finds its helpers. */
  readonly variables: NodeJS.ProcessEnv;
  /** The first stops the engine gracefully, the second at once. */
  readonly interrupts: readonly AbortSignal[];
  /** Whether this process's language host runs the programs, and not the engine's own. */
  readonly servesPrograms: boolean;
  /** Runs a command of the Pulumi CLI in the folder in which stacks are created and removed. */
  pulumi(args: readonly string[]): Promise<Ended>;
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly project: Project;
  readonly engine: Engine;
  readonly target: Target;
  readonly interrupts?: readonly AbortSignal[];
  /** Policy packs of the user, in addition to the project's. */
  readonly packs?: readonly string[];
}

/** The program and the policy packs of a project. */
export function ownCode(
  { root, policyPack }: Pick<Project, "root" | "policyPack">,
  packs: readonly string[] = [],
): OwnCode {
  const main = findProject(root)?.main ?? root;
  return { root, main, packs: policyPack === undefined ? packs : [policyPack, ...packs] };
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const { project, engine, target } = options;
  // Programs and packs run in other folders.
  const own = { ...target.variables, ATOLL_CONFIG_DIR: project.configDir };
  // The official host, where installed, would start a process for every program.
  const reuse = !isPlain("processes");
  const host =
    reuse || engine.languageHost === undefined
      ? await startLanguageHost({
          reuse,
          variables: programVariables(own, target.kind),
          own: ownCode(project, options.packs),
        })
      : undefined;
  const variables = engineVariables(own, engine, host?.port);
  if (host !== undefined) variables.PATH = `${hostMark}${path.delimiter}${variables.PATH}`;
  const interrupts = options.interrupts ?? [];
  return {
    project,
    engine,
    target,
    variables,
    interrupts,
    servesPrograms: host !== undefined,
    pulumi: async (args) => {
      const ended = await run(engine.path, [...args, "--non-interactive", "--color", "never"], {
        cwd: target.stackFolder,
        env: variables,
        interrupts,
      }).catch(engineFault(engine.path));
      if (ended.code !== 0 && interrupts.some(({ aborted }) => aborted)) throw interruptedCommand();
      return ended;
    },
    close: async () => {
      host?.stop();
      await target.close();
    },
  };
}

/** Marks the language as installed, so that the engine also asks the attached host for policy packs. */
const hostMark = path.join(import.meta.dirname, "host-bin");

/** Puts this project's tools first on the PATH, and adds the language host that the engine attaches to. */
export function engineVariables(
  variables: NodeJS.ProcessEnv,
  engine: Engine,
  languageHostPort: number | undefined,
): NodeJS.ProcessEnv {
  return {
    ...variables,
    PATH: searchPath(engine, variables.PATH),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...(languageHostPort === undefined
      ? {}
      : { PULUMI_DEBUG_LANGUAGES: `nodejs:${languageHostPort}` }),
  };
}
