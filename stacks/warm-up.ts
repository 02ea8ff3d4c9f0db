import { enableCompileCache } from "node:module";
import path from "node:path";

/**
 * Keeps what Node compiles between runs, types stripped, so that a program of many files starts in half the time. It has to
 * come before they are imported. Where the folder cannot be written, Node goes on without it.
 */
export function warmUp(): void {
  enableCompileCache(path.join(import.meta.dirname, "../node_modules/.cache/node-compile"));
}
