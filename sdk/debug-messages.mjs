import log from "@pulumi/pulumi/log/index.js";
import { isPlain } from "./plain.mjs";

/**
 * Sends no debug messages: the SDK makes three for every resource, each a call to the engine, which drops them unless it was started
 * with `--debug`.
 */
export function dropDebugMessages() {
  if (isPlain("debug-messages")) return;
  log.debug = () => Promise.resolve();
}
