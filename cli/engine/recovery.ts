/**
 * Repairs a rehearsal after a killed run: releases the locks of engines that have ended, clears pending operations, and removes
 * resources that the cloud created and the engine did not record, so that the next run creates them again.
 */
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "../failure.ts";
import { failureOf } from "./errors.ts";
import { isHeld, type Lock, readLocks } from "./locks.ts";
import type { Session } from "./session.ts";
import { isInCloud, readCheckpoint, stacksInBackend } from "./state.ts";

/** How long an engine whose command was killed may take to stop. */
const stopMilliseconds = 60_000;

/**
 * Releases the locks of engines that have ended and waits for those that are stopping.
 *
 * @param orphaned whether the command that started the engines was killed: then they stop by themselves
 * @throws Failure `environment-busy` with the process that holds the lock
 */
export async function releaseLocks(
  session: Session,
  stacks: readonly string[],
  orphaned: boolean,
): Promise<string[]> {
  const { folders } = session.target;
  if (folders === undefined) return [];
  const notes: string[] = [];
  for (const stack of stacks) {
    const read = () => readLocks(folders, session.project.name, stack);
    const deadline = Date.now() + (orphaned ? stopMilliseconds : 0);
    let held = read().filter(isHeld);
    while (held.length > 0 && Date.now() < deadline) {
      await wait(250);
      held = read().filter(isHeld);
    }
    const [holder] = held;
    if (holder) throw busy(holder);
    if (read().length === 0) continue;
    const ended = await session.pulumi(["cancel", "--stack", stack, "--yes"]);
    if (ended.code !== 0) throw failureOf(stack, ended);
    notes.push(`released the lock on ${stack}, which a killed run left`);
  }
  return notes;
}

function busy({ stack, pid, user, host, since }: Lock): Failure {
  return new Failure(
    "environment-busy",
    `stack ${stack} is in use by process ${pid} of ${user}@${host} since ${since}`,
    "wait for it to end, or stop it where it runs",
  );
}

/** Clears the pending operations of a killed engine; the next run repeats them. */
export async function clearPending(session: Session, stacks: readonly string[]): Promise<string[]> {
  const { folders } = session.target;
  if (folders === undefined) return [];
  const notes: string[] = [];
  for (const stack of stacks) {
    const pending = readCheckpoint(folders, session.project.name, stack)?.pending ?? [];
    if (pending.length === 0) continue;
    const file = `${folders.root}/interrupted.${stack}.json`;
    // An import drops pending operations; this is the engine's own way to clear them.
    for (const args of [
      ["stack", "export", "--stack", stack, "--file", file],
      ["stack", "import", "--stack", stack, "--file", file],
    ]) {
      const ended = await session.pulumi(args);
      if (ended.code !== 0) throw failureOf(stack, ended);
    }
    notes.push(`cleared ${pending.length} interrupted operations of ${stack}`);
  }
  return notes;
}

/**
 * Removes resources from the cloud that are not in any state: the run was killed before it could record them. Nothing can depend on
 * them yet.
 */
export function takeBackOrphans({ target, project }: Session): string[] {
  const { folders, inventory } = target;
  if (folders === undefined || inventory === undefined) return [];
  const unrecorded = Map.groupBy(
    inventory.resources().filter(({ acknowledged }) => !acknowledged),
    ({ stack }) => stack,
  );
  return [...unrecorded].flatMap(([stack, resources]) => {
    const state = readCheckpoint(folders, project.name, stack)?.resources ?? [];
    const known = new Set(state.map(({ urn, id }) => `${urn} ${id}`));
    const orphans = resources.filter(({ urn, id }) => !known.has(`${urn} ${id}`));
    for (const orphan of orphans.toReversed()) inventory.remove(orphan);
    return orphans.length === 0
      ? []
      : [
          `removed ${orphans.length} resources of ${stack} that a killed run created and did not record`,
        ];
  });
}

/**
 * Compares the state with the cloud, so that a missing half is found before anything is changed.
 *
 * @throws Failure `state-unreadable`, or `state-missing` when a stack's state or the whole cloud is missing
 */
export function checkState({ target, project }: Session): void {
  const { folders, inventory } = target;
  if (folders === undefined || inventory === undefined) return;
  const resources = inventory.resources();
  const stacks = new Map(
    stacksInBackend(folders, project.name).map((stack) => [
      stack,
      readCheckpoint(folders, project.name, stack),
    ]),
  );
  for (const { stack } of resources)
    if (stack !== "" && !stacks.has(stack)) throw stateGone(stack, folders.root);
  if (resources.length > 0) return;
  for (const [stack, checkpoint] of stacks) {
    const lost = checkpoint?.resources.filter(isInCloud).length ?? 0;
    if (lost > 0) throw cloudGone(stack, lost, folders.root);
  }
}

function stateGone(stack: string, root: string): Failure {
  return new Failure(
    "state-missing",
    `the embedded cloud has resources of stack ${stack}, but its state is missing`,
    `restore its state file in ${root}/state, or discard the rehearsal by removing ${root}: it holds nothing real`,
  );
}

function cloudGone(stack: string, lost: number, root: string): Failure {
  return new Failure(
    "state-missing",
    `the embedded cloud is empty, but the state of stack ${stack} lists ${lost} resources`,
    `restore ${root}/cloud.db, or discard the rehearsal by removing ${root}: it holds nothing real`,
  );
}
