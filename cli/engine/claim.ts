/**
 * Only one command at a time may change a rehearsal. The claim is a lock on a small database, which the operating system releases
 * when the process ends. A file beside it names the holder, for the message of a second command. A file without a lock means that the
 * last command was killed.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Failure } from "../failure.ts";
import { ensureFolder, type RehearsalFolders } from "./rehearsal.ts";

export interface Claim {
  readonly pid: number;
  /** For example `up local`. */
  readonly command: string;
  /** ISO 8601. */
  readonly since: string;
}

export interface HeldClaim {
  /** The command that was killed before it could release its claim. */
  readonly killed: Claim | undefined;
  release(): void;
}

/**
 * Claims a rehearsal for this process.
 *
 * @param what `claim` to change it, `server` to serve it in the background
 * @throws Failure `environment-busy` when another process holds it
 */
export function claim(
  { root }: Pick<RehearsalFolders, "root">,
  command: string,
  what: "claim" | "server" = "claim",
): HeldClaim {
  ensureFolder(root);
  const holderFile = path.join(root, `${what}.json`);
  const lock = new DatabaseSync(path.join(root, `${what}.db`), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw busy(readHolder(holderFile));
  }
  const killed = readHolder(holderFile);
  const own: Claim = { pid: process.pid, command, since: new Date().toISOString() };
  writeFileSync(holderFile, JSON.stringify(own));
  return {
    killed,
    release: () => {
      rmSync(holderFile, { force: true });
      lock.close();
    },
  };
}

function readHolder(file: string): Claim | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Claim;
  } catch {
    return undefined;
  }
}

function isBusy(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return (error as { errcode?: number }).errcode === SQLITE_BUSY;
}

function busy(holder: Claim | undefined): Failure {
  const who = holder
    ? `\`atoll ${holder.command}\` has been working on this environment since ${holder.since} (process ${holder.pid})`
    : "another atoll command is working on this environment";
  return new Failure(
    "environment-busy",
    who,
    "wait for it to end, or stop it with Ctrl-C where it runs",
  );
}
