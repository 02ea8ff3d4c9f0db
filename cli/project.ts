import { existsSync } from "node:fs";
import path from "node:path";
import { currentProject, type ProjectFile } from "../footprint/files/project-file.ts";

/** The project that a command works on. */
export interface Project {
  /** The folder with Pulumi.yaml. */
  readonly root: string;
  /** The name of the Pulumi project: part of every stack's full name. */
  readonly name: string;
  /** The folder with the stacks' config files. */
  readonly configDir: string;
  /** Whether that is not the folder that Pulumi.yaml names, so that the engine needs it as an argument. @default false */
  readonly configMoved?: boolean;
  /** The policy pack for every preview and update; only benchmarks omit it. */
  readonly policyPack?: string;
  /** The state of rehearsals, one folder per environment. */
  readonly rehearsals: string;
}

/**
 * The project at or above the working directory. `ATOLL_STATE_DIR` moves the rehearsals' state, `ATOLL_CONFIG_DIR` the config
 * files.
 *
 * @throws BlueprintError `project-invalid`
 */
export function thisProject(): Project {
  return projectOf(currentProject());
}

export function projectOf({ root, name, configDir }: ProjectFile): Project {
  const chosen = path.resolve(process.env.ATOLL_CONFIG_DIR ?? configDir);
  return {
    root,
    name,
    configDir: chosen,
    configMoved: chosen !== configDir,
    policyPack: packOf(root),
    rehearsals: path.join(
      path.resolve(process.env.ATOLL_STATE_DIR ?? path.join(root, ".atoll")),
      "rehearsal",
    ),
  };
}

/** The project's own pack, which may add controls to Atoll's, or else Atoll's. */
function packOf(root: string): string {
  const own = path.join(root, "policies");
  return existsSync(path.join(own, "PulumiPolicy.yaml"))
    ? own
    : path.resolve(import.meta.dirname, "../policies");
}
