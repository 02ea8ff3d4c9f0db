/**
 * Backups of a rehearsal's states, from before the last command that changed it. The engine's own `.bak` is a copy of whatever was
 * there, even where a full disk cut it off; these are replaced only by a whole state.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

/** Backs up each state that is whole. */
export function backUp(
  { root }: { readonly root: string },
  states: readonly string[],
  isWhole: (text: string) => boolean,
): void {
  const folder = path.join(root, "backup");
  mkdirSync(folder, { recursive: true });
  for (const state of states) {
    const copy = path.join(folder, path.basename(state));
    if (isCopied(state, copy)) continue;
    const text = readFileSync(state, "utf8");
    if (isWhole(text)) writeWhole(copy, text);
  }
}

/** Whether a state has not changed since it was backed up: of hundreds of tenants, a command changes few. */
function isCopied(state: string, copy: string): boolean {
  const copied = statSync(copy, { throwIfNoEntry: false });
  if (copied === undefined) return false;
  const { mtimeMs, size } = statSync(state);
  return size === copied.size && mtimeMs < copied.mtimeMs;
}

/** The backups of a state, the newest first: the engine's, and that of the last command. */
export function backupsOf({ root }: { readonly root: string }, state: string): string[] {
  return [`${state}.bak`, path.join(root, "backup", path.basename(state))].filter((file) =>
    existsSync(file),
  );
}

/** Writes a file so that a reader, or a full disk, finds the old content or the new one, and never a part. */
export function writeWhole(file: string, text: string): void {
  const aside = `${file}.new`;
  const handle = openSync(aside, "w", 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(aside, file);
}
