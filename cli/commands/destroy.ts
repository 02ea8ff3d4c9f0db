/** `atoll destroy`: everything that stands of an environment, cells first; a rehearsal leaves nothing behind. */
import { stopServer } from "../engine/background.ts";
import { deploy, type StackReport } from "../engine/deploy.ts";
import { type OpenEnvironment, withEnvironment } from "../engine/environment.ts";
import { shortName } from "../engine/events.ts";
import type { Node } from "../engine/graph.ts";
import { liftInState } from "../engine/lift.ts";
import { stacksOf } from "../engine/missing.ts";
import { refusePending } from "../engine/pending.ts";
import { removeRehearsal } from "../engine/rehearsal.ts";
import { countOf, readCheckpoint } from "../engine/state.ts";
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
  const report = await withEnvironment(
    io,
    {
      environment,
      claimedBy: `destroy ${environment}`,
      ...(options.rehearse === undefined ? {} : { rehearse: options.rehearse }),
    },
    async (open) => {
      const stacks = await standing(open);
      if (stacks.length > 0) {
        refuseProtected(open, options);
        await agree(io, open, stacks, options);
      }
      const reports = stacks.length > 0 ? await takeDown(io, open, stacks, options) : [];
      const done = await explain(environment, "destroy", reports);
      if (exitCodeOf(done) === exitCodes.done) await clearAway(open);
      return done;
    },
  );
  if (report.reports.length === 0) io.note(`nothing of ${environment} stands`);
  print(io, report);
  return exitCodeOf(report);
}

/** Leaves nothing of a rehearsal: its server, then its folder. @throws Failure when something stands in its cloud all the same */
async function clearAway({ session, footprint, afterwards }: OpenEnvironment): Promise<void> {
  const { folders, inventory } = session.target;
  if (folders === undefined) return;
  const left = inventory?.standing() ?? [];
  if (left.length > 0) {
    throw new Failure(
      "deployment-failed",
      `environment ${footprint.environment.name} was destroyed, but its cloud still has ${left.length} resources`,
      `they were kept on purpose when their stacks let go of them; remove ${folders.root} to be rid of them`,
      left.map(({ urn, id }) => `${shortName(urn)} (${id})`).join("\n"),
    );
  }
  await stopServer(folders);
  afterwards(() => removeRehearsal(folders));
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
      const state = folders && readCheckpoint(folders, session.project.name, name);
      return state ? `stack ${name} with ${countOf(state)} resources` : `stack ${name}`;
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
  await refusePending(session, names);
  const limit = atOnce === undefined ? {} : { atOnce };
  if (liftProtection && footprint.environment.lifetime === "permanent") {
    await liftInState(session, names);
    const display = openDisplay(io, "up", names);
    const lifted = await deploy(
      session,
      // Policies ask for the very protection that is taken off here.
      { operation: "up", stacks, set: liftedProtection, judged: false, ...limit },
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
