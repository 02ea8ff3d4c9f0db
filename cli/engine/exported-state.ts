/** Exports and imports a stack's state. Secrets in it stay encrypted. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { failureOf } from "./errors.ts";
import type { Session } from "./session.ts";
import type { PendingOperation, StateResource } from "./state.ts";

export interface ExportedResource extends StateResource {
  readonly retainOnDelete?: boolean;
}

export interface ExportedState {
  readonly deployment?: {
    readonly resources?: readonly ExportedResource[];
    readonly pending_operations?: readonly PendingOperation[];
  };
}

/** @throws Failure when the export fails */
export function exportState(session: Session, stack: string): Promise<ExportedState> {
  // A file, because the state of a cell exceeds the limit of a command's output.
  return withFile(async (file) => {
    await moveState(session, "export", stack, file);
    return JSON.parse(readFileSync(file, "utf8")) as ExportedState;
  });
}

/** @throws Failure when the import fails */
export function importState(session: Session, stack: string, state: ExportedState): Promise<void> {
  return withFile(async (file) => {
    writeFileSync(file, JSON.stringify(state));
    await moveState(session, "import", stack, file);
  });
}

async function moveState(
  session: Session,
  direction: "export" | "import",
  stack: string,
  file: string,
): Promise<void> {
  const ended = await session.pulumi(["stack", direction, "--stack", stack, "--file", file]);
  if (ended.code !== 0) throw failureOf(stack, ended);
}

/** A file in a folder that only this user can read. */
async function withFile<Result>(work: (file: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-state-"));
  try {
    return await work(path.join(folder, "state.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
