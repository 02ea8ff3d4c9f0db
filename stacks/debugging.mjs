import log from "@pulumi/pulumi/log/index.js";

/**
 * Leaves out what the SDK does for its own debugging, which is a third of what a stack's program costs. `ATOLL_DEBUG` keeps it,
 * and `atoll --debug` sets that.
 */
export function withoutDebugging() {
  if (process.env.ATOLL_DEBUG) return;
  // The SDK writes out the stack of every promise that it waits for. One frame still says where an error was thrown.
  Error.stackTraceLimit = 1;
  // Three messages a resource, each a call to the engine, which drops them unless it was started with `--debug`.
  log.debug = () => Promise.resolve();
}
