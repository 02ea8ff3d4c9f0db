/** Reads the state of a rehearsal from Pulumi's file backend. Only the engine writes it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "../failure.ts";
import { backUp, backupsOf } from "./backup.ts";
import type { RehearsalFolders } from "./rehearsal.ts";
import { stacksFolder } from "./state-files.ts";

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
  /** Whether it waits for its deletion, after another one has replaced it. */
  readonly delete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
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
  return parseCheckpoint(readFileSync(file, "utf8"), stack, file, backupsOf(folders, file));
}

/** Backs up the states of a project's stacks that are whole. */
export function backUpStates(folders: RehearsalFolders, project: string): void {
  const folder = stacksFolder(folders, project);
  const files = stacksInBackend(folders, project).map((stack) =>
    path.join(folder, `${stack}.json`),
  );
  backUp(folders, files, isWhole);
}

/**
 * @param backups files that may be backups of it, the best first
 * @throws Failure `state-unreadable` that names the first backup that is whole
 */
export function parseCheckpoint(
  text: string,
  stack: string,
  file: string,
  backups: readonly string[] = [],
): Checkpoint {
  try {
    return checkpointIn(text);
  } catch (error) {
    const backup = backups.find((each) => isWhole(readFileSync(each, "utf8")));
    const discard = "discard the rehearsal by removing its folder: it holds nothing real";
    throw new Failure(
      "state-unreadable",
      `the state of stack ${stack} cannot be read: ${file} is not a checkpoint`,
      backup === undefined
        ? `restore the file, or ${discard}`
        : `replace it with its last whole backup: ${backup}; or ${discard}`,
      String(error),
    );
  }
}

/** Whether a text is a checkpoint that can be read. */
function isWhole(text: string): boolean {
  try {
    checkpointIn(text);
    return true;
  } catch {
    return false;
  }
}

function checkpointIn(text: string): Checkpoint {
  const { checkpoint } = JSON.parse(text) as { checkpoint: { latest: RawDeployment | null } };
  const { resources, pending_operations: pending } = checkpoint.latest ?? {};
  for (const list of [resources, pending])
    if (!Array.isArray(list ?? [])) throw new TypeError("resources must be a list");
  for (const resource of [...(resources ?? []), ...(pending ?? []).map(({ resource }) => resource)])
    if (typeof resource?.urn !== "string" || typeof resource.type !== "string")
      throw new TypeError("every resource must have a URN and a type");
  return { resources: resources ?? [], pending: pending ?? [] };
}

interface RawDeployment {
  readonly resources?: readonly StateResource[] | null;
  readonly pending_operations?: readonly PendingOperation[] | null;
}

/** The outputs of a stack; empty where it has none. */
export function outputsOf({
  resources,
}: Pick<Checkpoint, "resources">): Readonly<Record<string, unknown>> {
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
