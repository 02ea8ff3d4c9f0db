/** The PATH of the engine's processes. */
import path from "node:path";
import type { Engine } from "../../tools/engine.ts";

/** The host of policy packs, the pinned Node and the engine's helpers come before the machine's own programs. */
export function searchPath(engine: Engine, inherited = ""): string {
  const ours = [
    path.join(import.meta.dirname, "bin"),
    path.resolve(import.meta.dirname, "../../node_modules/.bin"),
    path.dirname(engine.path),
  ];
  const others = inherited.split(path.delimiter).filter((folder) => folder !== "");
  return [...new Set([...ours, ...others])].join(path.delimiter);
}

/** The folder that npm adds last, before the user's own. */
const lastOfNpm = /[\\/]node_modules[\\/]@npmcli[\\/]run-script[\\/]lib[\\/]node-gyp-bin$/;

/**
 * The PATH without what npm adds for a script or `npx`: the `node_modules/.bin` of the working directory and every folder above it, and
 * its own. They would stay in the user's shell.
 */
export function withoutNpm(inherited: string | undefined): string {
  const folders = (inherited ?? "").split(path.delimiter);
  const last = folders.findLastIndex((folder) => lastOfNpm.test(folder));
  return folders
    .filter((folder, index) => index > last || !(isBin(folder) || lastOfNpm.test(folder)))
    .join(path.delimiter);
}

function isBin(folder: string): boolean {
  return path.basename(folder) === ".bin" && path.basename(path.dirname(folder)) === "node_modules";
}
