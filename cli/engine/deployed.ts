/** Which stacks exist and what they have deployed, from the backend. */
import { mapAtOnce } from "./at-once.ts";
import { failureOf } from "./errors.ts";
import { exportState } from "./exported-state.ts";
import type { Session } from "./session.ts";
import { readCheckpoint, type StateResource, stacksInBackend } from "./state.ts";

/** The stacks in the target's backend. */
export async function stacksOf(session: Session): Promise<string[]> {
  const { folders } = session.target;
  if (folders) return stacksInBackend(folders, session.project.name);
  const ended = await session.pulumi(["stack", "ls", "--json"]);
  if (ended.code !== 0) throw failureOf(session.project.name, ended);
  return (JSON.parse(ended.stdout) as { readonly name: string }[]).map(({ name }) => name);
}

/** The stacks that do not exist in the backend, or have no resources. */
export async function notUp(session: Session, stacks: readonly string[]): Promise<string[]> {
  if (stacks.length === 0) return [];
  const existing = new Set(await stacksOf(session));
  const counts = await mapAtOnce(stacks, async (stack) =>
    existing.has(stack) ? (await resourcesOf(session, stack)).length : 0,
  );
  return stacks.filter((_, index) => counts[index] === 0);
}

/** The resources in a stack's state. */
export async function resourcesOf(session: Session, stack: string): Promise<StateResource[]> {
  const { folders } = session.target;
  const resources = folders
    ? readCheckpoint(folders, session.project.name, stack)?.resources
    : (await exportState(session, stack)).deployment?.resources;
  return [...(resources ?? [])];
}
