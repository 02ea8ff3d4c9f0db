import log from "@pulumi/pulumi/log/index.js";
import { isPlain } from "./plain.mjs";

/**
 * Turns off the SDK's debug messages: three per resource, each a call to the engine, which drops them unless it was started with
 * `--debug`.
 */
export function dropDebugMessages() {
  if (isPlain("debug-messages")) return;
  log.debug = () => Promise.resolve();
}
