/** The space on the disks that a run writes to. */
import { existsSync, readFileSync, realpathSync, statfsSync, statSync } from "node:fs";
import path from "node:path";
import { Failure } from "../failure.ts";

/** A run is refused below this many bytes: twice what the largest sample writes. */
export const neededBytes = 32 * 1024 * 1024;

/** A running engine is stopped below this many bytes: it could not record the next change. */
const leastBytes = 1024 * 1024;

const checkMilliseconds = 500;

/** What Node and SQLite report for a full disk, a used-up quota and a limit of file sizes. */
export const fullDisk =
  /no space left on device|quota exceeded|file too large|database or disk is full/i;

/** The same in the engine's output: for a file of its state, and for the embedded cloud. */
export const unrecorded =
  /\b(?:write|open|mkdir|fsync|close|copy_file_range|rename) [^\n]*: (?:no space left on device|disk quota exceeded|file too large)|the embedded cloud [^\n]*database or disk is full/;

/** The folder of the file that the engine could not write because of a full disk; undefined where it reports none. */
export function unrecordedAt(words: string): string | undefined {
  const file =
    /(?:write|open|mkdir|fsync|close|rename) (\/[^\n]*?): (?:no space left|disk quota|file too large)/;
  const found = file.exec(words)?.[1];
  return found === undefined ? undefined : path.dirname(found);
}

/** The free bytes of the disk with a folder; undefined where the system does not tell. */
export type FreeBytes = (folder: string) => number | undefined;

export const freeBytes: FreeBytes = (folder) => {
  try {
    const { bavail, blocks, bsize } = statfsSync(existingPart(folder));
    // File systems without blocks, such as /proc and some network mounts, do not report their space.
    return blocks === 0 ? undefined : bavail * bsize;
  } catch {
    return undefined;
  }
};

/**
 * Refuses a run that could not record its changes.
 *
 * @throws Failure `disk-full` with the disk's name
 */
export function checkSpace(folders: readonly string[], free: FreeBytes = freeBytes): void {
  for (const folder of folders) {
    const bytes = free(folder);
    if (bytes !== undefined && bytes < neededBytes) throw diskFull(folder, bytes, neededBytes);
  }
}

/** @param free in bytes, where known */
export function diskFull(folder: string, free?: number, needed?: number): Failure {
  const room =
    free === undefined
      ? "is full"
      : needed === undefined
        ? `is full: ${mebibytes(free)} are free`
        : `has ${mebibytes(free)} free, and a run needs ${mebibytes(needed)}`;
  return new Failure(
    "disk-full",
    `the disk ${diskOf(folder)}, which holds ${folder}, ${room}`,
    "free some space on this disk, and run the same command again",
  );
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

/** Watches the disk with a folder, and calls back once when it is full. @returns stops watching */
export function watchSpace(
  folder: string,
  onFull: () => void,
  free: FreeBytes = freeBytes,
): () => void {
  const timer = setInterval(() => {
    const bytes = free(folder);
    if (bytes === undefined || bytes >= leastBytes) return;
    clearInterval(timer);
    onFull();
  }, checkMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}

/** `/dev/sda1 (mounted at /home)`; only where it is mounted, on systems that do not list their mounts. */
export function diskOf(folder: string): string {
  const place = realpathSync(existingPart(folder));
  const mounts = mountsIn(readMounts()).filter(({ at }) => isWithin(place, at));
  const [nearest] = mounts.toSorted((a, b) => b.at.length - a.at.length);
  return nearest ? `${nearest.device} (mounted at ${nearest.at})` : `mounted at ${topOf(place)}`;
}

/** The lines of /proc/self/mounts: device, mount point with octal escapes, and more. A later line hides an earlier one. */
export function mountsIn(text: string): { readonly device: string; readonly at: string }[] {
  const parts = text.split("\n").map((line) => line.split(" "));
  return parts
    .flatMap(([device, at]) => (device && at ? [{ device: plain(device), at: plain(at) }] : []))
    .reverse();
}

function plain(word: string): string {
  return word.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

function readMounts(): string {
  try {
    return readFileSync("/proc/self/mounts", "utf8");
  } catch {
    return "";
  }
}

function isWithin(place: string, at: string): boolean {
  return at === "/" || place === at || place.startsWith(`${at}/`);
}

/** The highest folder on the same device. */
function topOf(place: string): string {
  const above = path.dirname(place);
  return above === place || statSync(above).dev !== statSync(place).dev ? place : topOf(above);
}

function existingPart(folder: string): string {
  const above = path.dirname(folder);
  return existsSync(folder) || above === folder ? folder : existingPart(above);
}
