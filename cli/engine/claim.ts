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
  const lockFile = path.join(root, `${what}.db`);
  const lock = new DatabaseSync(lockFile, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (isDamage(error)) throw damaged(lockFile, String(error));
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

/** A file that cannot be read is what a killed command has left, too. */
function readHolder(file: string): Claim | undefined {
  try {
    const { pid, command, since } = JSON.parse(readFileSync(file, "utf8")) as Partial<Claim>;
    return { pid: pid ?? 0, command: command ?? "", since: since ?? "" };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    return { pid: 0, command: "", since: "" };
  }
}

/** SQLite's codes; the low byte of an extended one. */
const codes = { busy: 5, corrupt: 11, notADatabase: 26 } as const;

function codeOf(error: unknown): number {
  return ((error as { readonly errcode?: number }).errcode ?? 0) & 0xff;
}

function isBusy(error: unknown): boolean {
  return codeOf(error) === codes.busy;
}

function isDamage(error: unknown): boolean {
  return codeOf(error) === codes.corrupt || codeOf(error) === codes.notADatabase;
}

function damaged(file: string, details: string): Failure {
  return new Failure(
    "state-unreadable",
    `the lock of the rehearsal cannot be used: ${file} is damaged`,
    "make sure that no other atoll command runs, and remove this file: it holds nothing",
    details,
  );
}

function busy(holder: Claim | undefined): Failure {
  const who = holder?.command
    ? `\`atoll ${holder.command}\` has been working on this environment since ${holder.since} (process ${holder.pid})`
    : "another atoll command is working on this environment";
  return new Failure(
    "environment-busy",
    who,
    "wait for it to end, or stop it with Ctrl-C where it runs",
  );
}
