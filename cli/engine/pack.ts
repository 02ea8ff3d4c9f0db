/**
 * The process of a policy pack. The engine boots the pack before it runs a program, and does nothing else meanwhile; so the pack
 * is started together with the engine, which finds it serving when it asks.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** What engines start to have a policy pack. */
export const packProgram = path.join(import.meta.dirname, "bin/pulumi-analyzer-policy-nodejs");

export interface Pack {
  /** What the engine's helper needs in its environment to find the pack. */
  readonly variables: { readonly ATOLL_PACK_PORT: string };
  stop(): void;
}

/**
 * Starts a pack. One that does not come to serve is not told of here: the engine's helper then starts it again, and what it says
 * is shown by the engine.
 *
 * @param folder the pack's
 * @param stack the one that it is going to judge; the engine tells its packs by the same variable
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
  let told = false;
  const tell = (port: string) => {
    if (told) return;
    told = true;
    writeFileSync(`${portFile}.new`, port);
    renameSync(`${portFile}.new`, portFile);
  };
  // The engine's address, which packs have no use for, is not known yet.
  const child = spawn(packProgram, ["", "."], {
    cwd: folder,
    env: { ...env, PULUMI_STACK: stack },
    stdio: ["ignore", "pipe", "pipe"],
    // Ctrl-C in a terminal must not reach it while the engine is still winding up.
    detached: process.platform !== "win32",
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (told) onOutput(text);
    else tell(text.trim());
  });
  child.stderr.setEncoding("utf8").on("data", onOutput);
  child.once("error", () => tell("")).once("close", () => tell(""));
  return {
    variables: { ATOLL_PACK_PORT: portFile },
    stop: () => {
      told = true;
      child.kill();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
