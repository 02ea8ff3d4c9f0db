import { enableCompileCache } from "node:module";
import path from "node:path";
import { deferServices } from "./deferred.mjs";

/**
 * Keeps what Node compiles between runs, types stripped, so that a program of many files starts in half the time. It has to
 * come before they are imported, and from a file without types: for one that is not kept, Node loads all that strips types.
 * Where the folder cannot be written, Node goes on without it. Of the SDKs, services are loaded when they are used.
 */
export function warmUp() {
  enableCompileCache(path.join(import.meta.dirname, "../node_modules/.cache/node-compile"));
  for (const sdk of ["@pulumi/aws", "@pulumi/gcp", "@pulumi/kubernetes"]) deferServices(sdk);
}
