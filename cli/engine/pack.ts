/**
 * The process of a policy pack. The engine waits for the pack before it runs a program. So the pack is started together with the
 * engine, and is ready when the engine asks for it.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** The program that engines start for a policy pack. */
export const packProgram = path.join(import.meta.dirname, "bin/pulumi-analyzer-policy-nodejs");

export interface Pack {
  /** The environment variables by which the engine's helper finds the pack. */
  readonly variables: { readonly ATOLL_PACK_PORT: string };
  /** The signal that ended it, other than by `stop`; undefined while it runs, or where it ended by itself. */
  killedBy(): NodeJS.Signals | undefined;
  stop(): void;
}

/**
 * Starts a pack. If it fails, the engine's helper starts it again and the engine shows its output.
 *
 * @param folder the pack's
 * @param stack passed in the same variable that the engine uses
 * @param env the engine's environment
 */
export function startPack(
  folder: string,
  stack: string,
  env: NodeJS.ProcessEnv,
  onOutput: (text: string) => void = () => {},
): Pack {
  const scratch = mkdtempSync(path.join(os.tmpdir(), "atoll-pack-"));
  const portFile = path.join(scratch, "port");
  let reported = false;
  const report = (port: string) => {
    if (reported) return;
    reported = true;
    writeFileSync(`${portFile}.new`, port);
    renameSync(`${portFile}.new`, portFile);
  };
  // The engine's address is not known yet. Packs do not use it.
  const child = spawn(packProgram, ["", "."], {
    cwd: folder,
    env: { ...env, PULUMI_STACK: stack },
    stdio: ["ignore", "pipe", "pipe"],
    // Ctrl-C in a terminal must not reach it while the engine is still stopping.
    detached: process.platform !== "win32",
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (reported) onOutput(text);
    else report(text.trim());
  });
  child.stderr.setEncoding("utf8").on("data", onOutput);
  let killedBy: NodeJS.Signals | undefined;
  child
    .once("error", () => report(""))
    .once("exit", (_code, signal) => {
      killedBy ??= signal ?? undefined;
    })
    .once("close", () => report(""));
  return {
    variables: { ATOLL_PACK_PORT: portFile },
    killedBy: () => killedBy,
    stop: () => {
      reported = true;
      child.kill();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
