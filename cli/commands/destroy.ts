/** `atoll destroy`: all that is deployed of an environment, cells first; or one cell. A whole rehearsal leaves nothing behind. */
import { agree, refuseUnasked } from "../agree.ts";
import { stopServer } from "../engine/background.ts";
import { deploy, type StackReport } from "../engine/deploy.ts";
import { resourcesOf, stacksOf } from "../engine/deployed.ts";
import { type OpenEnvironment, withEnvironment } from "../engine/environment.ts";
import { shortName } from "../engine/events.ts";
import type { Node } from "../engine/graph.ts";
import { liftInState } from "../engine/lift.ts";
import { refusePending } from "../engine/pending.ts";
import { removeRehearsal } from "../engine/rehearsal.ts";
import { countOf } from "../engine/state.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { openDisplay } from "../progress.ts";
import { exitCodeOf, explain, print } from "../report/report.ts";
import { wrapped } from "../report/wrap.ts";

export interface DestroyOptions {
  /** An environment, or one cell. */
  readonly asked: string;
  readonly rehearse?: boolean;
  readonly yes?: boolean;
  readonly liftProtection?: boolean;
  readonly atOnce?: number;
}

/** The config value that makes a permanent environment's stacks give up their protection. */
const liftedProtection = { "atoll:protection": "lifted" } as const;

export async function destroy(io: Io, options: DestroyOptions): Promise<ExitCode> {
  const { asked } = options;
  const report = await withEnvironment(
    io,
    {
      asked,
      claimedBy: `destroy ${asked}`,
      ...(options.rehearse === undefined ? {} : { rehearse: options.rehearse }),
    },
    async (open) => {
      const stacks = await deployed(open, asked);
      if (stacks.length > 0) {
        refuseProtected(open, options);
        refuseUnasked(io, options.yes === true, unanswered(asked));
        io.note(await describe(open, stacks));
        const question = `Destroy ${asked}?`;
        await agree(io, options.yes === true, { question, ...unanswered(asked) });
      }
      const reports = stacks.length > 0 ? await takeDown(io, open, stacks, options) : [];
      const done = await explain(asked, "destroy", reports);
      const isWhole = asked === open.footprint.environment.name;
      if (isWhole && exitCodeOf(done) === exitCodes.done) await clearAway(open);
      return done;
    },
  );
  if (report.reports.length === 0) io.note(`nothing of ${asked} is deployed`);
  print(io, report);
  return exitCodeOf(report);
}

function unanswered(asked: string) {
  return { otherwise: `nobody agreed to destroy ${asked}; nothing was changed` };
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

/**
 * The stacks that are asked for and that the backend has, even those whose config file is gone.
 *
 * @throws Failure `bad-usage` for a cell that another deployed cell refers to
 */
async function deployed(
  { footprint, session, stacks }: OpenEnvironment,
  asked: string,
): Promise<Node[]> {
  const { name } = footprint.environment;
  const found = (await stacksOf(session)).filter(
    (stack) => stack === name || stack.startsWith(`${name}.`),
  );
  if (asked !== name) {
    const users = stacks.filter((node) => found.includes(node.name) && node.needs.includes(asked));
    if (users.length > 0) throw stillNeeded(asked, users);
    return found.includes(asked) ? [{ name: asked, needs: [] }] : [];
  }
  return found.map((stack) => {
    const known = stacks.find((node) => node.name === stack);
    const needs = known ? known.needs : stack === name ? [] : [name];
    return { name: stack, needs: needs.filter((need) => found.includes(need)) };
  });
}

function stillNeeded(asked: string, users: readonly Node[]): Failure {
  const names = users.map(({ name }) => name).join(", ");
  return new Failure(
    "bad-usage",
    `${asked} cannot be destroyed alone: ${names} ${users.length === 1 ? "refers" : "refer"} to it`,
    `destroy ${names} first, or take the reference out of ${users.length === 1 ? "its manifest" : "their manifests"}`,
  );
}

function refuseProtected({ footprint }: OpenEnvironment, { liftProtection }: DestroyOptions): void {
  if (footprint.environment.lifetime === "ephemeral" || liftProtection) return;
  throw new Failure(
    "environment-protected",
    `environment ${footprint.environment.name} is permanent: what holds data in it is protected from deletion`,
    `destroy it with --lift-protection if that is truly meant; its data is lost then`,
  );
}

/** What is destroyed: each stack with its size, and by name what is protected. */
async function describe({ session }: OpenEnvironment, stacks: readonly Node[]): Promise<string> {
  const where = session.target.kind === "cloud" ? "the real clouds" : "the embedded cloud";
  const contents = await Promise.all(
    stacks.map(async ({ name }) => ({ name, resources: await resourcesOf(session, name) })),
  );
  return [
    `This destroys, on ${where}:`,
    ...contents.flatMap(({ name, resources }) => [
      `  ${name}: ${countOf({ resources })} resources`,
      ...resources
        .flatMap(({ protect, urn }) => (protect ? wrapped(`${shortName(urn)} (protected)`, 4) : []))
        .sort(),
    ]),
  ].join("\n");
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
