import path from "node:path";
import { configDirectory } from "../footprint/files/config-files.ts";

/** The folders that one run of the command works on. */
export interface Project {
  /** Where Pulumi.yaml stands. */
  readonly root: string;
  /** Pulumi's name of the project: part of every stack's full name. */
  readonly name: string;
  /** Where the stacks' config files stand. */
  readonly configDir: string;
  /** The policy pack that every preview and update is checked by; only measurements leave it out. */
  readonly policyPack?: string;
  /** Where rehearsals keep their state; one folder an environment. */
  readonly rehearsals: string;
}

/** This clone. `ATOLL_STATE_DIR` moves the rehearsals' state, `ATOLL_CONFIG_DIR` the config files. */
export function thisProject(): Project {
  const root = path.resolve(import.meta.dirname, "..");
  return {
    root,
    name: "atoll",
    configDir: path.resolve(configDirectory()),
    policyPack: path.join(root, "policies"),
    rehearsals: path.join(
      path.resolve(process.env.ATOLL_STATE_DIR ?? path.join(root, ".atoll")),
      "rehearsal",
    ),
  };
}
