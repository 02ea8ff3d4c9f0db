/** A temporary clone with stand-ins for npm, go and pulumi, to test the set-up quickly and without network. */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const project = path.resolve(import.meta.dirname, "../..");

/** The stand-ins are POSIX programs; Windows runs only the pure tests. */
export const skip = process.platform === "win32" ? "needs POSIX programs" : false;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export class Sandbox {
  /** The clone. */
  readonly root: string;
  readonly cache: string;
  /** The only folder on PATH, so that no programs of the machine are found. */
  readonly bin: string;
  readonly #base: string;

  constructor() {
    this.#base = mkdtempSync(path.join(os.tmpdir(), "atoll-setup-"));
    this.root = path.join(this.#base, "clone");
    this.cache = path.join(this.#base, "cache");
    this.bin = path.join(this.#base, "bin");
    for (const folder of [this.root, this.bin, path.join(this.#base, "home")]) mkdirSync(folder);
    for (const name of ["sh", "tar", "gzip", "ps", "sleep"]) {
      const found = ["/bin", "/usr/bin"].map((folder) => path.join(folder, name)).find(existsSync);
      if (found !== undefined) symlinkSync(found, path.join(this.bin, name));
    }
    for (const part of ["tools", "components/core/errors.ts", "package.json"]) {
      cpSync(path.join(project, part), path.join(this.root, part), { recursive: true });
    }
  }

  remove(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }

  path(...parts: string[]): string {
    return path.join(this.#base, ...parts);
  }

  /** Writes a file of the clone. */
  write(name: string, text: string): string {
    const file = path.join(this.root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Adds a program in JavaScript to PATH, or to `folder`. */
  program(name: string, script: string, folder = this.bin): string {
    const file = path.join(folder, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `#!${process.execPath}\n${script}`);
    chmodSync(file, 0o755);
    return file;
  }

  /** A `pulumi` that prints `version`. */
  pulumi(version: string, folder = this.bin): string {
    return this.program("pulumi", `console.log(${JSON.stringify(version)});`, folder);
  }

  /** Code that appends to the stand-ins' common log, one line per run. */
  get log(): string {
    return this.path("log");
  }

  lines(): string[] {
    return existsSync(this.log) ? readFileSync(this.log, "utf8").trim().split("\n") : [];
  }

  async waitFor(line: string): Promise<void> {
    const giveUp = Date.now() + 20_000;
    while (!this.lines().some((found) => found.startsWith(line))) {
      if (Date.now() > giveUp) throw new Error(`no "${line}" in ${this.lines().join(" | ")}`);
      await sleep(20);
    }
  }

  start(args: readonly string[], env: NodeJS.ProcessEnv = {}, options: SpawnOptions = {}): Running {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
      cwd: this.root,
      env: {
        PATH: this.bin,
        HOME: this.path("home"),
        ATOLL_CACHE: this.cache,
        // Nothing listens there: tests of other parts must not wait for a download.
        ATOLL_PULUMI_RELEASES: "http://127.0.0.1:2",
        ...env,
      },
      // A separate session, so that the set-up does not expect Ctrl-C from a terminal.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      ...options,
    });
    const ended = new Promise<Ended>((resolve, reject) => {
      let out = "";
      let err = "";
      child.stdout?.on("data", (bytes) => {
        out += bytes;
      });
      child.stderr?.on("data", (bytes) => {
        err += bytes;
      });
      child.once("error", reject);
      child.once("close", (code, signal) => resolve({ code, signal, out, err }));
    });
    return { child, ended };
  }

  /** Runs the clone's `tools/run.mjs`. */
  launch(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
    return this.start([path.join(this.root, "tools/run.mjs"), ...args], env);
  }

  /** Calls the clone's `tools/engine.ts`; prints the engine as JSON, or the error's message with exit code 1. */
  engine(env: NodeJS.ProcessEnv = {}): Running {
    const script = `
      import { ensureEngine } from "./tools/engine.ts";
      try { console.log(JSON.stringify(await ensureEngine())); }
      catch (error) { console.log(error.message); process.exitCode = 1; }`;
    return this.start(["--input-type=module", "--eval", script], env);
  }

  /**
   * A simulated Go build: it logs `build <pid>`, waits, and writes a `pulumi` that prints `says`.
   *
   * @param milliseconds its duration; half of the program exists from the beginning
   */
  go({ milliseconds = 0, says = "3.259.0", version = "go1.26.8", fails = "" } = {}): void {
    const pulumi = `#!${process.execPath}\nconsole.log(${JSON.stringify(says)});\n`;
    this.program(
      "go",
      `const fs = require("node:fs");
       const [command, ...args] = process.argv.slice(2);
       if (command === "env") {
         const known = { GOVERSION: ${JSON.stringify(version)}, GOTOOLCHAIN: "local",
           GOCACHE: ${JSON.stringify(this.path("go-build"))}, GOMODCACHE: ${JSON.stringify(this.path("go-mod"))} };
         for (const name of args) console.log(known[name]);
       } else {
         fs.appendFileSync(${JSON.stringify(this.log)}, "build " + process.pid + " " + args.join(" ") + "\\n");
         const fails = ${JSON.stringify(fails)};
         if (fails) { console.error(fails); process.exit(1); }
         const target = args[args.indexOf("-o") + 1];
         fs.writeFileSync(target, ${JSON.stringify(pulumi)}.slice(0, 20));
         setTimeout(() => {
           fs.writeFileSync(target, ${JSON.stringify(pulumi)});
           fs.chmodSync(target, 0o755);
           fs.appendFileSync(${JSON.stringify(this.log)}, "built " + process.pid + "\\n");
         }, ${milliseconds});
       }`,
    );
  }
}
