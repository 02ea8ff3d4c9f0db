import { existsSync } from "node:fs";
import path from "node:path";
import { currentProject, type ProjectFile } from "../footprint/files/project-file.ts";

/** The folders that one run of the command works on. */
export interface Project {
  /** The folder with Pulumi.yaml. */
  readonly root: string;
  /** Pulumi's name of the project: part of every stack's full name. */
  readonly name: string;
  /** The folder with the stacks' config files. */
  readonly configDir: string;
  /** Whether that is another folder than the one that Pulumi.yaml names, so that the engine must be told of it. @default false */
  readonly configMoved?: boolean;
  /** The policy pack that every preview and update is checked by; only measurements leave it out. */
  readonly policyPack?: string;
  /** Where rehearsals keep their state; one folder an environment. */
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

/** What the command works on in this project. */
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

/** The project's own pack, which may hold controls beside Atoll's; else Atoll's. */
function packOf(root: string): string {
  const own = path.join(root, "policies");
  return existsSync(path.join(own, "PulumiPolicy.yaml"))
    ? own
    : path.resolve(import.meta.dirname, "../policies");
}
