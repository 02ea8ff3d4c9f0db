/** What an unfinished run over a fleet has done, so that the next one continues where it stopped. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const content = z.object({ done: z.record(z.string(), z.string()) });

export interface Journal {
  /** Whether the last run did this stack with the same content of files. */
  has(stack: string, digest: string): boolean;
  add(stack: string, digest: string): void;
  /** Ends a run in which everything succeeded. */
  finish(): void;
}

/** A journal in a file. One that cannot be read counts as empty: the stacks are then run again. */
export function openJournal(file: string): Journal {
  const done = new Map<string, string>(Object.entries(read(file)));
  return {
    has: (stack, digest) => done.get(stack) === digest,
    add: (stack, digest) => {
      done.set(stack, digest);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ done: Object.fromEntries(done) }), { mode: 0o600 });
    },
    finish: () => rmSync(file, { force: true }),
  };
}

function read(file: string): Record<string, string> {
  try {
    return content.parse(JSON.parse(readFileSync(file, "utf8"))).done;
  } catch {
    return {};
  }
}

/** A digest of files and of the release, on which a stack depends. */
export function digestOf(files: readonly string[], release: string): string {
  const hash = createHash("sha256").update(release);
  for (const file of files) hash.update("\0").update(readFileSync(file));
  return hash.digest("hex");
}
