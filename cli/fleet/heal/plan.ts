/** What can be done, without a person, about a stack whose update was killed. Pure. */
import { z } from "zod";

/** The fields of a Stack of the operator that the healer reads. */
export const stackObject = z.object({
  metadata: z.object({
    name: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
    deletionTimestamp: z.string().optional(),
  }),
  spec: z.object({ stack: z.string(), preview: z.boolean().optional() }),
  status: z
    .object({
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).optional(),
      currentUpdate: z.object({}).optional(),
      lastUpdate: z
        .object({
          name: z.string().optional(),
          state: z.string().optional(),
          message: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
});
export type StackObject = z.infer<typeof stackObject>;

export const updateObject = z.object({
  spec: z.object({ stackName: z.string().optional() }),
  status: z
    .object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).optional() })
    .optional(),
});
export type UpdateObject = z.infer<typeof updateObject>;

/** An operation that began and has no end in a state. */
export interface Pending {
  readonly type: string;
  readonly urn: string;
}

export interface Healing {
  /** Deletes a lock of this stack's own workspace, which has ended. */
  readonly unlock: boolean;
  /** Drops operations that the next update repeats. */
  readonly clear: boolean;
  /** URNs of resources that may exist without being in the state. */
  readonly unknown: readonly string[];
  /** Asks the operator for another update. */
  readonly retry: boolean;
  /** Deletes the workspace of a stack that nobody will update soon. */
  readonly free: boolean;
}

/** The operator's annotation: a new value asks for an update, also of a stalled Stack. */
export const requestAnnotation = "pulumi.com/reconciliation-request";

/** How often a stack has been healed. */
export const healedAnnotation = "atoll.dev/healed";

/** After that a person has to look: something kills its updates every time. */
const mostHealings = 3;

/**
 * Whether a stack can be looked at: its last update failed, and none runs. A stack that is being deleted is left alone, and so is a
 * preview, which changes and locks nothing.
 */
export function isLeft(
  { metadata, spec, status }: StackObject,
  updates: readonly UpdateObject[],
): boolean {
  const runs = updates.some(
    (update) => update.spec.stackName === spec.stack && !has(update.status?.conditions, "Complete"),
  );
  return (
    !runs &&
    spec.preview !== true &&
    metadata.deletionTimestamp === undefined &&
    status?.currentUpdate === undefined &&
    status?.lastUpdate?.state === "failed"
  );
}

export function planHealing(stack: StackObject, pending: readonly Pending[]): Healing {
  const { status, metadata } = stack;
  const unknown = pending.filter(({ type }) => type === "creating").map(({ urn }) => urn);
  const healed = Number(metadata.annotations?.[healedAnnotation] ?? 0);
  const may = unknown.length === 0 && healed < mostHealings;
  const unlock = may && isOwnLock(metadata.name, status?.lastUpdate?.message ?? "");
  const clear = may && pending.length > 0;
  const retry = unlock || clear;
  return { unlock, clear, unknown, retry, free: !retry && has(status?.conditions, "Stalled") };
}

/**
 * Whether all locks in an error are of this stack's workspace: the pod that had them has ended, because no update runs. The engine
 * writes `created by <user>@<host> (pid <number>) at <time>` for each; other hosts are persons and pipelines, which may still run.
 */
function isOwnLock(name: string, message: string): boolean {
  if (!/currently locked by \d+ lock/.test(message)) return false;
  const hosts = [...message.matchAll(/created by [^\s@]*@(\S+) \(pid \d+\)/g)].map(
    ([, host]) => host,
  );
  return hosts.length > 0 && hosts.every((host) => host === `${name}-workspace-0`);
}

function has(
  conditions: readonly { readonly type: string; readonly status: string }[] | undefined,
  type: string,
): boolean {
  return (conditions ?? []).some(
    (condition) => condition.type === type && condition.status === "True",
  );
}
