/** `atoll fleet heal`: frees stacks that a killed update of the operator left locked or with pending operations. */
import { z } from "zod";
import { withEnvironment } from "../engine/environment.ts";
import { failureOf } from "../engine/errors.ts";
import { exportState, importState } from "../engine/exported-state.ts";
import type { Session } from "../engine/session.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import { type Cluster, ownCluster } from "../fleet/heal/cluster.ts";
import {
  type Healing,
  healedAnnotation,
  isLeft,
  type Pending,
  planHealing,
  requestAnnotation,
  type StackObject,
  stackObject,
  updateObject,
} from "../fleet/heal/plan.ts";
import type { Io } from "../io.ts";

export interface FleetHealOptions {
  readonly environment: string;
  readonly namespace: string;
}

const stackList = z.object({ items: z.array(stackObject) });
const updateList = z.object({ items: z.array(updateObject) });

export function fleetHeal(
  io: Io,
  { environment, namespace }: FleetHealOptions,
  cluster: Cluster = ownCluster(),
): Promise<ExitCode> {
  return withEnvironment(io, { asked: environment }, async ({ session }) => {
    const at = paths(namespace);
    const { items } = stackList.parse(await cluster.get(at.stacks));
    // Read after the Stacks: an update that began in between is seen.
    const { items: updates } = updateList.parse(await cluster.get(at.updates));
    const left = items.filter((stack) => isLeft(stack, updates));
    const results: { readonly stack: string; readonly healing: Healing }[] = [];
    for (const stack of left) {
      const healing = planHealing(stack, await pendingOf(session, stack.spec.stack));
      await heal(session, cluster, namespace, stack, healing);
      for (const line of told(stack.spec.stack, healing)) io.note(line);
      results.push({ stack: stack.spec.stack, healing });
    }
    const open = results.filter(({ healing }) => healing.unknown.length > 0);
    const code = open.length > 0 ? exitCodes.failed : exitCodes.done;
    io.say(
      `${items.length} Stacks, ${left.length} failed, ${results.filter(({ healing }) => healing.retry).length} healed`,
    );
    io.result({ exitCode: code, stacks: results });
    return code;
  });
}

function paths(namespace: string) {
  const group = (name: string, kind: string) => `/apis/${name}/namespaces/${namespace}/${kind}`;
  return {
    stacks: group("pulumi.com/v1", "stacks"),
    updates: group("auto.pulumi.com/v1alpha1", "updates"),
    workspaces: group("auto.pulumi.com/v1alpha1", "workspaces"),
  };
}

async function pendingOf(session: Session, stack: string): Promise<Pending[]> {
  const { deployment } = await exportState(session, stack);
  return (deployment?.pending_operations ?? []).map(({ type, resource }) => ({
    type,
    urn: resource.urn,
  }));
}

async function heal(
  session: Session,
  cluster: Cluster,
  namespace: string,
  { metadata, spec, status }: StackObject,
  { unlock, clear, retry, free }: Healing,
): Promise<void> {
  const at = paths(namespace);
  if (unlock) {
    const ended = await session.pulumi(["cancel", "--stack", spec.stack, "--yes"]);
    if (ended.code !== 0) throw failureOf(spec.stack, ended);
  }
  // An import drops pending operations: the next update repeats what they began.
  if (clear) await importState(session, spec.stack, await exportState(session, spec.stack));
  if (retry) {
    const healed = Number(metadata.annotations?.[healedAnnotation] ?? 0) + 1;
    await cluster.patch(`${at.stacks}/${metadata.name}`, {
      metadata: {
        annotations: {
          [healedAnnotation]: String(healed),
          [requestAnnotation]: `healed-after-${status?.lastUpdate?.name ?? healed}`,
        },
      },
    });
  }
  if (free) await cluster.remove(`${at.workspaces}/${metadata.name}`);
}

function told(stack: string, { unlock, clear, unknown, free }: Healing): string[] {
  return [
    ...(unlock ? [`${stack}: deleted the lock of its ended workspace`] : []),
    ...(clear ? [`${stack}: dropped operations that the next update repeats`] : []),
    ...unknown.map(
      (urn) =>
        `${stack}: needs a person: ${urn} may exist; see operation-pending in docs/errors.md`,
    ),
    ...(free ? [`${stack}: is stalled; deleted its workspace`] : []),
  ];
}
