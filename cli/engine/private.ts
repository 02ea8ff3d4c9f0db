/** Keeps the files of a rehearsal readable by this user only: folders 0700, files 0600. */
import { chmodSync, type Dirent, lstatSync, readdirSync } from "node:fs";
import path from "node:path";

const others = 0o077;
let holders = 0;
let before = 0;

/**
 * Sets the mask of new files for this process and the processes that it starts.
 *
 * @returns restores the mask, once the last holder has called it
 */
export function keepPrivate(): () => void {
  if (holders++ === 0) before = process.umask(others);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    if (--holders === 0) process.umask(before);
  };
}

/** Takes the rights of other users from a folder and everything in it. Files of other owners stay as they are. */
export function tighten(folder: string): void {
  if (process.platform === "win32") return;
  closeToOthers(folder);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isDirectory() || entry.isFile()) closeToOthers(fileOf(entry));
}

/** The same for one folder or file. */
export function closeToOthers(file: string): void {
  try {
    const { mode } = lstatSync(file);
    if ((mode & others) !== 0) chmodSync(file, mode & 0o700);
  } catch {
    // It was removed in the meantime, or belongs to another user.
  }
}

function fileOf({ parentPath, name }: Dirent): string {
  return path.join(parentPath, name);
}
