/** The files of Pulumi's file backend. */
import { readFileSync } from "node:fs";
import path from "node:path";

/** A rehearsal's folders, of which only the backend's is used. */
interface StateFolder {
  readonly state: string;
}

/** The folder with the state of a project's stacks. */
export function stacksFolder({ state }: StateFolder, project: string): string {
  return path.join(state, ".pulumi", "stacks", project);
}

/** The salt of a stack's encryption in its state; undefined without a readable state. */
export function readSalt(folders: StateFolder, project: string, stack: string): string | undefined {
  try {
    const file = path.join(stacksFolder(folders, project), `${stack}.json`);
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8"));
    const salt: unknown = checkpoint.latest.secrets_providers.state.salt;
    return typeof salt === "string" ? salt : undefined;
  } catch {
    return undefined;
  }
}
