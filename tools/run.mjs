#!/usr/bin/env node
// The entry point of `npm start`, `npm test` and `npx atoll`. An old Node must be able to parse this file and its imports: everything
// else is loaded after the version check.
const oldestNode = 20;

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  process.stderr.write(
    `atoll needs Node ${oldestNode} or newer to set itself up, and this is ${process.version}: install a newer Node and run the same command again\n`,
  );
  process.exitCode = 2;
} else {
  import("./setup/launch.mjs").then(({ launch }) => launch(process.argv.slice(2)));
}
