/** What Pulumi's file backend holds of a rehearsal. Only read here: whatever changes it goes through the engine. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "../failure.ts";
import type { RehearsalFolders } from "./rehearsal.ts";

/** The part of a resource's state that is needed here. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  /** Whether a provider manages it; components have no id. */
  readonly custom?: boolean;
  readonly id?: string;
  /** Whether it was only read: it belongs to somebody else. */
  readonly external?: boolean;
  readonly protect?: boolean;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export interface PendingOperation {
  readonly type: string;
  readonly resource: StateResource;
}

export interface Checkpoint {
  readonly resources: readonly StateResource[];
  readonly pending: readonly PendingOperation[];
}

/** Where the state of a project's stacks stands. */
export function stacksFolder({ state }: RehearsalFolders, project: string): string {
  return path.join(state, ".pulumi", "stacks", project);
}

const bookkeeping = /^pulumi:(pulumi:StackReference|providers:pulumi)$/;

/** How many resources a stack answers for, as the engine counts them: what it only reads belongs to others. */
export function countOf({ resources }: Pick<Checkpoint, "resources">): number {
  return resources.filter(({ external, type }) => !external && !bookkeeping.test(type)).length;
}

/** The stacks that the backend knows, by name. */
export function standingStacks(folders: RehearsalFolders, project: string): string[] {
  const folder = stacksFolder(folders, project);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? [])
    .sort();
}

/**
 * The state of a stack; `undefined` when the backend does not know it.
 *
 * @throws Failure `state-unreadable`
 */
export function readCheckpoint(
  folders: RehearsalFolders,
  project: string,
  stack: string,
): Checkpoint | undefined {
  const file = path.join(stacksFolder(folders, project), `${stack}.json`);
  if (!existsSync(file)) return undefined;
  return parseCheckpoint(readFileSync(file, "utf8"), stack, file);
}

/** @throws Failure `state-unreadable` */
export function parseCheckpoint(text: string, stack: string, file: string): Checkpoint {
  const latest = (() => {
    try {
      const { checkpoint } = JSON.parse(text) as { checkpoint: { latest: RawDeployment | null } };
      const { latest } = checkpoint;
      for (const list of [latest?.resources, latest?.pending_operations])
        if (!Array.isArray(list ?? [])) throw new TypeError("resources must be a list");
      return latest;
    } catch (error) {
      throw new Failure(
        "state-unreadable",
        `the state of stack ${stack} cannot be read: ${file} is not a checkpoint`,
        existsSync(`${file}.bak`)
          ? `put the copy of the last sound state in its place: ${file}.bak`
          : `restore the file, or give the rehearsal up by removing its folder: nothing real is in it`,
        String(error),
      );
    }
  })();
  return { resources: latest?.resources ?? [], pending: latest?.pending_operations ?? [] };
}

interface RawDeployment {
  readonly resources?: readonly StateResource[] | null;
  readonly pending_operations?: readonly PendingOperation[] | null;
}

/** The outputs of a stack; empty where it has none. */
export function outputsOf({ resources }: Checkpoint): Readonly<Record<string, unknown>> {
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}

/** Whether a stack made it in a cloud: what was only read, and the engine's own providers and references, are no part of one. */
export function isInCloud({
  type,
  custom,
  external,
}: Pick<StateResource, "type" | "custom" | "external">): boolean {
  return custom === true && external !== true && !type.startsWith("pulumi:");
}
