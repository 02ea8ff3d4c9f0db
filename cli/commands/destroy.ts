/** `atoll destroy`: everything that stands of an environment, cells first; a rehearsal leaves nothing behind. */
import { deploy, type StackReport } from "../engine/deploy.ts";
import { type OpenEnvironment, withEnvironment } from "../engine/environment.ts";
import type { Node } from "../engine/graph.ts";
import { stacksOf } from "../engine/missing.ts";
import { removeRehearsal } from "../engine/rehearsal.ts";
import { readCheckpoint } from "../engine/state.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { openDisplay } from "../progress.ts";
import { exitCodeOf, explain, print } from "../report/report.ts";

export interface DestroyOptions {
  readonly environment: string;
  readonly rehearse?: boolean;
  readonly yes?: boolean;
  readonly liftProtection?: boolean;
  readonly atOnce?: number;
}

/** The config value that makes a permanent environment's stacks give up their protection. */
const liftedProtection = { "atoll:protection": "lifted" } as const;

export async function destroy(io: Io, options: DestroyOptions): Promise<ExitCode> {
  const { environment } = options;
  const outcome = await withEnvironment(
    io,
    {
      environment,
      claimedBy: `destroy ${environment}`,
      ...(options.rehearse === undefined ? {} : { rehearse: options.rehearse }),
    },
    async (open) => {
      const stacks = await standing(open);
      if (stacks.length === 0) return { open, reports: [] };
      refuseProtected(open, options);
      await agree(io, open, stacks, options);
      return { open, reports: await takeDown(io, open, stacks, options) };
    },
  );
  const { open, reports } = outcome;
  const report = await explain(environment, "destroy", reports);
  const code = exitCodeOf(report);
  if (code === exitCodes.done && open.session.target.folders)
    removeRehearsal(open.session.target.folders);
  if (reports.length > 0) print(io, report);
  else {
    io.say(`nothing of ${environment} stands`);
    io.result({ environment, operation: "destroy", exitCode: code, stacks: [], violations: [] });
  }
  return code;
}

/** The stacks of the environment that the backend has, even those whose config file is gone. */
async function standing({ footprint, session, stacks }: OpenEnvironment): Promise<Node[]> {
  const { name } = footprint.environment;
  const found = (await stacksOf(session)).filter(
    (stack) => stack === name || stack.startsWith(`${name}.`),
  );
  return found.map((stack) => {
    const known = stacks.find((node) => node.name === stack);
    const needs = known ? known.needs : stack === name ? [] : [name];
    return { name: stack, needs: needs.filter((need) => found.includes(need)) };
  });
}

function refuseProtected(
  { footprint }: OpenEnvironment,
  { environment, liftProtection }: DestroyOptions,
): void {
  if (footprint.environment.lifetime === "ephemeral" || liftProtection) return;
  throw new Failure(
    "environment-protected",
    `environment ${environment} is permanent: what holds data in it is protected from deletion`,
    `destroy it with --lift-protection if that is truly meant; its data is lost then`,
  );
}

/** @throws Failure `confirmation-missing` */
async function agree(
  io: Io,
  open: OpenEnvironment,
  stacks: readonly Node[],
  options: DestroyOptions,
): Promise<void> {
  io.note(
    `this destroys ${describe(open, stacks)}, on ${open.session.target.kind === "cloud" ? "the real clouds" : "the embedded cloud"}`,
  );
  if (options.yes) return;
  if (io.interactive && (await io.confirm(`Destroy ${options.environment}?`))) return;
  throw new Failure(
    "confirmation-missing",
    `nobody agreed to destroy ${options.environment}; nothing was changed`,
    "run it again with --yes",
  );
}

function describe({ session }: OpenEnvironment, stacks: readonly Node[]): string {
  const { folders } = session.target;
  return stacks
    .map(({ name }) => {
      const count =
        folders && readCheckpoint(folders, session.project.name, name)?.resources.length;
      return count === undefined ? `stack ${name}` : `stack ${name} with ${count} resources`;
    })
    .join(", ");
}

async function takeDown(
  io: Io,
  { session, footprint }: OpenEnvironment,
  stacks: readonly Node[],
  { liftProtection, atOnce }: DestroyOptions,
): Promise<StackReport[]> {
  const names = stacks.map(({ name }) => name);
  const limit = atOnce === undefined ? {} : { atOnce };
  if (liftProtection && footprint.environment.lifetime === "permanent") {
    const display = openDisplay(io, "up", names);
    const lifted = await deploy(
      session,
      { operation: "up", stacks, set: liftedProtection, ...limit },
      display,
    );
    await display.close();
    if (lifted.some(({ status }) => status !== "done")) return lifted;
  }
  const display = openDisplay(io, "destroy", names);
  const reports = await deploy(session, { operation: "destroy", stacks, ...limit }, display);
  await display.close();
  return reports;
}
