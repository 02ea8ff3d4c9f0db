import { enableCompileCache } from "node:module";
import path from "node:path";
import { isPlain } from "./plain.mjs";

/**
 * Apart from what packs and commands keep: code is only good for the flags of Node that it was compiled with, and the SDK changes
 * them while it loads.
 */
const folder = path.join(import.meta.dirname, "../node_modules/.cache/node-compile/program");

/** Keeps what a process that is started with these variables compiles. */
export const compileCache = () => (isPlain("compile-cache") ? {} : { NODE_COMPILE_CACHE: folder });

/**
 * Keeps what this process compiles, types stripped, so that a program of many files starts in half the time. It has to come
 * before they are imported, and from a file without types: for one that is not kept, Node loads all that strips types. Where the
 * folder cannot be written, Node goes on without it.
 */
export function keepCompiled() {
  if (!isPlain("compile-cache")) enableCompileCache(folder);
}
