#!/usr/bin/env node
// @ts-check
// The `atoll` command of the package. An older Node must be able to parse this file and its imports.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { handOver, neededNode } from "../tools/setup/runtime.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));

if (Number.parseInt(process.versions.node, 10) < neededNode) {
  process.stderr.write(
    `atoll needs Node ${neededNode} or newer, this is ${process.version}: install Node ${neededNode} and run the same command again\n`,
  );
  process.exitCode = 2;
} else {
  const main = path.join(here, "..", "cli", "main.js");
  // The folder that holds `node_modules/atoll`.
  const installed = path.resolve(here, "../../..");
  process.exitCode = await handOver(installed, process.execPath, [main, ...process.argv.slice(2)]);
}
