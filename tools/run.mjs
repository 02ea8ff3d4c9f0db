#!/usr/bin/env node
// The door of `npm start`, `npm test` and `npx atoll`. Only syntax and imports that an old Node can still parse: what needs
// more is loaded after the version has been checked.
const oldestNode = 20;

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  process.stderr.write(
    `atoll needs Node ${oldestNode} or newer to set itself up, and this is ${process.version}: install a newer Node and run the same command again\n`,
  );
  process.exitCode = 2;
} else {
  import("./setup/launch.mjs").then(({ launch }) => launch(process.argv.slice(2)));
}
