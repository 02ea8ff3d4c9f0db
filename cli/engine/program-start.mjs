/**
 * Loaded before a stack program that the language host starts: loads the SDK, without what no stack uses, and then waits to be
 * told what to run.
 */
import { createRequire } from "node:module";
import { deferPackages, unused } from "../../stacks/deferred.mjs";

// Stack traces need no source maps: types are stripped in place, which moves no line. Mapping every trace that the SDK takes for
// a resource costs more than anything else a program does.
deferPackages(...unused, "source-map-support/register");

const require = createRequire(import.meta.url);
// The SDK wants this before it loads gRPC.
require("@pulumi/pulumi/cmd/run/instrumentation");
require("@pulumi/pulumi");

if (process.send) {
  const { args, cwd, env } = await new Promise((resolve) => {
    process.once("message", resolve);
    // A host that has gone tells nobody what to run.
    process.once("disconnect", () => process.exit());
  });
  process.removeAllListeners("disconnect");
  process.disconnect();
  process.chdir(cwd);
  Object.assign(process.env, env);
  process.argv.push(...args);
}
