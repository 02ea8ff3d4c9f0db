/**
 * Makes a rehearsal fit for the next run after one that was killed: locks of dead engines are released, operations that were
 * under way are cleared, and what the cloud made without the engine hearing of it is taken back, so that it is made again.
 */
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "../failure.ts";
import { failureOf } from "./errors.ts";
import { isHeld, type Lock, readLocks } from "./locks.ts";
import type { Session } from "./session.ts";
import { isInCloud, readCheckpoint, standingStacks } from "./state.ts";

/** How long an engine that lost its command may take to wind up. */
const windUpMilliseconds = 60_000;

/**
 * Releases the locks of engines that are gone and waits for those that are winding up.
 *
 * @param orphaned whether the command that started the engines was killed: then they end by themselves
 * @throws Failure `environment-busy` naming who holds a stack
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
    const deadline = Date.now() + (orphaned ? windUpMilliseconds : 0);
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
    notes.push(`released ${stack}, which a killed run had left locked`);
  }
  return notes;
}

function busy({ stack, pid, user, host, since }: Lock): Failure {
  return new Failure(
    "environment-busy",
    `stack ${stack} is being worked on by process ${pid} of ${user}@${host} since ${since}`,
    "wait for it to end, or end it where it runs",
  );
}

/** Clears operations that were under way when an engine was killed; the next run does them again. */
export async function clearPending(session: Session, stacks: readonly string[]): Promise<string[]> {
  const { folders } = session.target;
  if (folders === undefined) return [];
  const notes: string[] = [];
  for (const stack of stacks) {
    const pending = readCheckpoint(folders, session.project.name, stack)?.pending ?? [];
    if (pending.length === 0) continue;
    const file = `${folders.root}/interrupted.${stack}.json`;
    // An import drops pending operations; that is the engine's own way of declaring them settled.
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
 * Compares the cloud with the state and takes back what no state knows of: made for a run that was killed before it could
 * write it down. Nothing can depend on it yet.
 */
export function takeBackOrphans({ target, project }: Session): string[] {
  const { folders, inventory } = target;
  if (folders === undefined || inventory === undefined) return [];
  const unrecorded = Map.groupBy(
    inventory.standing().filter(({ acknowledged }) => !acknowledged),
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
          `took back ${orphans.length} resources of ${stack} that a killed run had made and not recorded`,
        ];
  });
}

/**
 * Compares what the state says with what stands, so that a lost half is noticed before anything is changed.
 *
 * @throws Failure `state-unreadable`, or `state-missing` when a stack's state is gone or the whole cloud is
 */
export function checkState({ target, project }: Session): void {
  const { folders, inventory } = target;
  if (folders === undefined || inventory === undefined) return;
  const standing = inventory.standing();
  const stacks = new Map(
    standingStacks(folders, project.name).map((stack) => [
      stack,
      readCheckpoint(folders, project.name, stack),
    ]),
  );
  for (const { stack } of standing)
    if (stack !== "" && !stacks.has(stack)) throw stateGone(stack, folders.root);
  if (standing.length > 0) return;
  for (const [stack, checkpoint] of stacks) {
    const lost = checkpoint?.resources.filter(isInCloud).length ?? 0;
    if (lost > 0) throw cloudGone(stack, lost, folders.root);
  }
}

function stateGone(stack: string, root: string): Failure {
  return new Failure(
    "state-missing",
    `the embedded cloud holds resources of stack ${stack}, but its state is gone`,
    `restore its state file below ${root}/state, or give the rehearsal up by removing ${root}: nothing real is in it`,
  );
}

function cloudGone(stack: string, lost: number, root: string): Failure {
  return new Failure(
    "state-missing",
    `the embedded cloud is empty, but the state of stack ${stack} lists ${lost} resources in it`,
    `restore ${root}/cloud.db, or give the rehearsal up by removing ${root}: nothing real is in it`,
  );
}
