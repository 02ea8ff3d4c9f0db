import { enableCompileCache } from "node:module";
import path from "node:path";
import { isPlain } from "./plain.mjs";

/**
 * Separate from the caches of packs and commands: compiled code is valid for the same flags of Node only, and the SDK changes them
 * while it loads.
 */
const folder = path.join(import.meta.dirname, "../node_modules/.cache/node-compile/program");

/** The variables with which a process caches the code that it compiles. */
export const compileCache = () => (isPlain("compile-cache") ? {} : { NODE_COMPILE_CACHE: folder });

/**
 * Caches the code that this process compiles, with types stripped. A program of many files starts in half the time. Call it before
 * they are imported, and from a file without types: to strip the types of an uncached file, Node has to load its parser. Where the
 * folder cannot be written, Node continues without the cache.
 */
export function keepCompiled() {
  if (!isPlain("compile-cache")) enableCompileCache(folder);
}
