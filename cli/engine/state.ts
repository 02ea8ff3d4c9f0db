/** Reads the state of a rehearsal from Pulumi's file backend. Only the engine writes it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "../failure.ts";
import type { RehearsalFolders } from "./rehearsal.ts";

/** The fields of a resource's state that Atoll reads. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  /** Whether a provider manages it; false for components. */
  readonly custom?: boolean;
  readonly id?: string;
  /** Whether it is only read, and managed elsewhere. */
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

/** The folder with the state of a project's stacks. */
export function stacksFolder({ state }: RehearsalFolders, project: string): string {
  return path.join(state, ".pulumi", "stacks", project);
}

const bookkeeping = /^pulumi:(pulumi:StackReference|providers:pulumi)$/;

/** The number of resources that a stack manages, as the engine counts them: without those that it only reads. */
export function countOf({ resources }: Pick<Checkpoint, "resources">): number {
  return resources.filter(({ external, type }) => !external && !bookkeeping.test(type)).length;
}

/** The names of the stacks in the backend. */
export function stacksInBackend(folders: RehearsalFolders, project: string): string[] {
  const folder = stacksFolder(folders, project);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? [])
    .sort();
}

/**
 * The state of a stack; `undefined` when it is not in the backend.
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
          ? `replace it with the backup of the last valid state: ${file}.bak`
          : `restore the file, or discard the rehearsal by removing its folder: it holds nothing real`,
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

/** Whether a stack created it in a cloud: not read-only resources, providers and stack references. */
export function isInCloud({
  type,
  custom,
  external,
}: Pick<StateResource, "type" | "custom" | "external">): boolean {
  return custom === true && external !== true && !type.startsWith("pulumi:");
}
