/** What an unfinished run over a fleet has done, so that the next one continues where it stopped. */
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** A line of the file: a stack, and the digest of what was done. The last line of a stack counts. */
const entry = z.tuple([z.string(), z.string()]);

export interface Journal {
  /** Whether the last run did this stack with the same content of files. */
  has(stack: string, digest: string): boolean;
  add(stack: string, digest: string): void;
  /** Ends a run in which everything succeeded. */
  finish(): void;
}

/** A journal in a file, of which a line is added for each stack. A line that cannot be read counts for nothing: its stack is run again. */
export function openJournal(file: string): Journal {
  const done = new Map(read(file));
  return {
    has: (stack, digest) => done.get(stack) === digest,
    add: (stack, digest) => {
      done.set(stack, digest);
      mkdirSync(path.dirname(file), { recursive: true });
      // A run that was killed may have left a part of a line.
      appendFileSync(file, `\n${JSON.stringify([stack, digest])}`, { mode: 0o600 });
    },
    finish: () => rmSync(file, { force: true }),
  };
}

function read(file: string): [stack: string, digest: string][] {
  return textOf(file)
    .split("\n")
    .flatMap((line) => {
      try {
        return [entry.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** A digest of files and of the release, on which a stack depends. */
export function digestOf(files: readonly string[], release: string): string {
  const hash = createHash("sha256").update(release);
  for (const file of files) hash.update("\0").update(readFileSync(file));
  return hash.digest("hex");
}
