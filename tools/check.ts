/**
 * All checks of a change: types, lint, generated files, tests. A failed step does not stop the others; the last lines name the failed
 * ones. With names, only these steps run: `npm run check types lint`.
 */
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureEngine } from "./engine.ts";
import { sentence } from "./setup/failure.mjs";
import { exitCodeOf, forwardSignals } from "./setup/process.mjs";

const root = path.resolve(import.meta.dirname, "..");
const testTimeout = 10 * 60_000;

/** Returns whether the step passed. */
type Step = () => Promise<boolean>;

const steps: Readonly<Record<string, Step>> = {
  types: () => node("node_modules/typescript-native/bin/tsc", "-p", "tsconfig.json"),
  lint: () =>
    node(
      "node_modules/@biomejs/biome/bin/biome",
      "ci",
      "--error-on-warnings",
      ...(process.stdout.isTTY ? [] : ["--colors=off"]),
      ".",
    ),
  generated: () => node("tools/generate/index.ts", "--check"),
  engine,
  tests: () => tests((file) => !isLong(file)),
  unit: () => tests((file) => !isEndToEnd(file)),
  e2e: async () => (await engine()) && tests((file) => isEndToEnd(file) && !isLong(file)),
  long: async () => (await engine()) && tests(isLong),
};

/**
 * The default steps. `tests` runs the tests of `unit` and `e2e` together, with one summary. CI runs `long` beside them, in a job of its
 * own.
 */
const everything = ["types", "lint", "generated", "engine", "tests"];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  const known = Object.keys(steps).join(", ");
  process.stderr.write(`check: unknown step ${unknown.join(", ")}; the steps are ${known}\n`);
  process.exitCode = 2;
} else {
  process.exitCode = await check(chosen.length > 0 ? chosen : everything);
}

async function check(names: readonly string[]): Promise<number> {
  const lines: string[] = [];
  const failed: string[] = [];
  for (const name of names) {
    process.stdout.write(`check: ${name}\n`);
    const started = performance.now();
    const passed = (await steps[name]?.()) === true;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    lines.push(`check: ${name} ... ${seconds} s, ${passed ? "ok" : "FAILED"}`);
    if (!passed) failed.push(name);
  }
  process.stdout.write(`\n${lines.join("\n")}\n`);
  if (failed.length > 0) process.stdout.write(`check: failed: ${failed.join(", ")}\n`);
  return failed.length > 0 ? 1 : 0;
}

/** The tests that run the real engine need the Pulumi CLI. */
async function engine(): Promise<boolean> {
  try {
    const { path: program, version, source } = await ensureEngine();
    process.stdout.write(`pulumi ${version} (${source}): ${program}\n`);
    return true;
  } catch (error) {
    process.stdout.write(`${sentence(error)}\n`);
    return false;
  }
}

function tests(isWanted: (file: string) => boolean): Promise<boolean> {
  const files = globSync("test/**/*.test.ts", { cwd: root }).filter(isWanted).sort();
  if (files.length === 0) {
    process.stdout.write("no tests found\n");
    return Promise.resolve(false);
  }
  return node(
    "--test",
    ...["--import", "./test/support/start.mjs"],
    "--test-reporter=spec",
    `--test-concurrency=${os.availableParallelism()}`,
    `--test-timeout=${testTimeout}`,
    ...files,
  );
}

/** Tests that run the real engine are named `*.e2e.test.ts`. */
function isEndToEnd(file: string): boolean {
  return file.endsWith(".e2e.test.ts");
}

/** Whole footprints and components alone, which take minutes together: `*.long.e2e.test.ts`. */
function isLong(file: string): boolean {
  return file.endsWith(".long.e2e.test.ts");
}

function node(...args: string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
      cwd: root,
      stdio: "inherit",
    });
    const signals = forwardSignals(child);
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      signals.stop();
      const interrupted = signals.received();
      if (interrupted !== undefined) process.exit(exitCodeOf(null, interrupted));
      resolve(code === 0 && signal === null);
    });
  });
}
