/** The locks of Pulumi's file backend, and whether their holders still run. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { RehearsalFolders } from "./rehearsal.ts";

export interface Lock {
  readonly stack: string;
  readonly pid: number;
  readonly host: string;
  readonly user: string;
  /** ISO 8601. */
  readonly since: string;
}

/** The locks on a stack, oldest first. A file that has just been removed is ignored. */
export function readLocks(folders: RehearsalFolders, project: string, stack: string): Lock[] {
  const folder = path.join(folders.state, ".pulumi", "locks", "organization", project, stack);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .flatMap((file) => parseLock(stack, readIfThere(path.join(folder, file))) ?? [])
    .sort((a, b) => a.since.localeCompare(b.since));
}

export function parseLock(stack: string, text: string | undefined): Lock | undefined {
  if (text === undefined) return undefined;
  try {
    const { pid, hostname, username, timestamp } = JSON.parse(text);
    if (!Number.isInteger(pid) || pid <= 0) return ownerless(stack);
    return { stack, pid, host: String(hostname), user: String(username), since: String(timestamp) };
  } catch {
    return ownerless(stack);
  }
}

/** A damaged lock: the engine writes locks whole, so no process holds it. */
function ownerless(stack: string): Lock {
  return { stack, pid: 0, host: os.hostname(), user: "", since: "" };
}

/**
 * Whether the holder of a lock may still run. A holder on another host cannot be checked and counts as running. On this host the
 * process must exist and be a Pulumi process, as ids are reused.
 */
export function isHeld({ pid, host }: Pick<Lock, "pid" | "host">): boolean {
  return host !== os.hostname() || (isAlive(pid) && runs(pid, "pulumi"));
}

export function isAlive(pid: number): boolean {
  // Other numbers name groups of processes.
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether the process runs this program; true where the system cannot tell. */
function runs(pid: number, program: string): boolean {
  const command = readIfThere(`/proc/${pid}/cmdline`);
  return command === undefined || command.includes(program);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
