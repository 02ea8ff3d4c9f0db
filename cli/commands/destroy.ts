/** `atoll destroy`: deletes an environment, cells first, or one cell. Of a whole rehearsal it also deletes the state. */

import { staysAfterDestroy } from "../../components/core/kept.ts";
import { environmentOf, listStacks } from "../../footprint/files/config-files.ts";
import type { TenantOutputs } from "../../stacks/outputs/tenant.ts";
import { agree, refuseUnasked } from "../agree.ts";
import { stopServer } from "../engine/background.ts";
import { deploy, type StackReport } from "../engine/deploy.ts";
import { resourcesOf, stacksOf } from "../engine/deployed.ts";
import { type OpenEnvironment, withEnvironment } from "../engine/environment.ts";
import { shortName } from "../engine/events.ts";
import type { Node } from "../engine/graph.ts";
import { keepKeys, releasedBy } from "../engine/kept-keys.ts";
import { liftInState, markLifted, stacksToLift } from "../engine/lift.ts";
import { refusePending } from "../engine/pending.ts";
import { removeRehearsal } from "../engine/rehearsal.ts";
import { isNamedWhenReleased, type Released, releasedIn } from "../engine/released.ts";
import type { Session } from "../engine/session.ts";
import { countOf, outputsOf } from "../engine/state.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { openDisplay } from "../progress.ts";
import { thisProject } from "../project.ts";
import { releasedText } from "../report/released.ts";
import { exitCodeOf, explain, print } from "../report/report.ts";
import { reservedText } from "../report/reserved.ts";
import { wrapped } from "../report/wrap.ts";
import { readFootprint } from "../repository.ts";

export interface DestroyOptions {
  /** An environment, or one cell. */
  readonly asked: string;
  readonly rehearse?: boolean;
  readonly yes?: boolean;
  readonly liftProtection?: boolean;
  readonly atOnce?: number;
}

/** The config value that turns off deletion protection in the stacks of a permanent environment. */
const liftedProtection = { "atoll:protection": "lifted" } as const;

export async function destroy(io: Io, options: DestroyOptions): Promise<ExitCode> {
  const { asked } = options;
  const project = thisProject();
  // A stack without a manifest is destroyed from its state.
  const isDescribed = listStacks(project.configDir).includes(asked);
  const report = await withEnvironment(
    io,
    {
      asked: isDescribed ? asked : environmentOf(asked),
      claimedBy: `destroy ${asked}`,
      ...(options.rehearse === undefined ? {} : { rehearse: options.rehearse }),
    },
    async (open) => {
      const stacks = await deployed(open, asked);
      let released: Released = { urns: new Set(), keptEarlier: new Set(), keys: [] };
      // With nothing deployed either, it is a misspelled name.
      if (!isDescribed && stacks.length === 0) await readFootprint(project, asked);
      if (!isDescribed && open.footprint.environment.lifetime === "permanent")
        throw withoutManifest(asked);
      if (stacks.length > 0) {
        refuseProtected(open, options);
        refuseUnasked(io, options.yes === true, unanswered(asked));
        const names = stacks.map(({ name }) => name);
        released = await releasedBy(open.session, open.footprint.environment.name, names);
        io.note(await describe(open, stacks, released));
        const question = `Destroy ${asked}?`;
        await agree(io, options.yes === true, { question, ...unanswered(asked) });
      }
      const reports = stacks.length > 0 ? await takeDown(io, open, stacks, options, released) : [];
      const done = await explain(asked, "destroy", reports);
      const isWhole = asked === open.footprint.environment.name;
      if (isWhole && exitCodeOf(done) === exitCodes.done) await clearAway(io, open);
      return done;
    },
  );
  if (report.reports.length === 0) io.note(`nothing in ${asked} is deployed`);
  print(io, report);
  return exitCodeOf(report);
}

/** Turning off the deletion protection of clouds takes an update, and so the manifest. */
function withoutManifest(asked: string): Failure {
  return new Failure(
    "environment-protected",
    `stack ${asked} has no manifest, and its environment is permanent: its stateful resources are protected from deletion`,
    `restore Pulumi.${asked}.yaml, then run npx atoll destroy ${asked} --lift-protection`,
  );
}

function unanswered(asked: string) {
  return { otherwise: `destroying ${asked} was not confirmed; nothing was changed` };
}

/** Stops a rehearsal's server and deletes its folder. @throws Failure when its cloud still has resources */
async function clearAway(
  io: Io,
  { session, footprint, afterwards }: OpenEnvironment,
): Promise<void> {
  const { folders, inventory } = session.target;
  if (folders === undefined) return;
  // Existing resources belong to no stack: they go with the rehearsal's folder.
  const deployed = (inventory?.resources() ?? []).filter(({ stack }) => stack !== "");
  // Of earlier runs, too.
  const released = releasedIn(deployed);
  const left = deployed.filter(({ type, urn }) => !staysAfterDestroy(type) && !released.has(urn));
  if (left.length > 0) {
    throw new Failure(
      "deployment-failed",
      `environment ${footprint.environment.name} was destroyed, but its cloud still has ${left.length} resources`,
      `their stacks retained them on deletion; remove ${folders.root} to delete them`,
      left.map(({ urn, id }) => `${shortName(urn)} (${id})`).join("\n"),
    );
  }
  const named = deployed.filter(({ urn, type }) => released.has(urn) && isNamedWhenReleased(type));
  if (named.length > 0) {
    const names = named.map(({ urn }) => shortName(urn)).sort();
    io.note(wrapped(`deleted with the rehearsal, which real clouds keep: ${names.join(", ")}`));
  }
  await stopServer(folders);
  afterwards(() => removeRehearsal(folders));
}

/**
 * The requested stacks that exist in the backend, including those whose config file was deleted.
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
  const unknown = found.filter((stack) => !stacks.some((node) => node.name === stack));
  const fromStates = await Promise.all(unknown.map((stack) => nodeInState(session, name, stack)));
  const known = [...stacks, ...fromStates];
  if (asked !== name) {
    const users = known.filter((node) => found.includes(node.name) && node.needs.includes(asked));
    if (users.length > 0) throw stillNeeded(asked, users);
    return found.includes(asked) ? [{ name: asked, needs: [] }] : [];
  }
  return known
    .filter((node) => found.includes(node.name))
    .map(({ name: stack, needs }) => ({
      name: stack,
      needs: needs.filter((need) => found.includes(need)),
    }));
}

/** A stack that is not in the footprint, from its state: that of a tenant names its cells. */
async function nodeInState(session: Session, environment: string, stack: string): Promise<Node> {
  if (stack === environment) return { name: stack, needs: [] };
  const { tenant } = outputsOf({ resources: await resourcesOf(session, stack) });
  const { cells = {} } = (tenant ?? {}) as Partial<TenantOutputs>;
  return {
    name: stack,
    needs: [environment, ...Object.keys(cells).map((cell) => `${environment}.${cell}`)],
  };
}

function stillNeeded(asked: string, users: readonly Node[]): Failure {
  const names = users.map(({ name }) => name).join(", ");
  return new Failure(
    "bad-usage",
    `${asked} cannot be destroyed alone: ${names} ${users.length === 1 ? "refers" : "refer"} to it`,
    `destroy ${names} first, or remove the reference from ${users.length === 1 ? "its manifest" : "their manifests"}`,
  );
}

function refuseProtected({ footprint }: OpenEnvironment, { liftProtection }: DestroyOptions): void {
  if (footprint.environment.lifetime === "ephemeral" || liftProtection) return;
  throw new Failure(
    "environment-protected",
    `environment ${footprint.environment.name} is permanent: its stateful resources are protected from deletion`,
    `to destroy it and lose its data, add --lift-protection`,
  );
}

/** The number of resources of each stack, and the names of the protected ones. */
async function describe(
  { session, footprint }: OpenEnvironment,
  stacks: readonly Node[],
  released: Released,
): Promise<string> {
  const where = session.target.kind === "cloud" ? "the real clouds" : "the embedded cloud";
  const contents = await Promise.all(
    stacks.map(async ({ name }) => ({ name, resources: await resourcesOf(session, name) })),
  );
  return [
    `The following will be destroyed on ${where}:`,
    ...contents.flatMap(({ name, resources }) => [
      `  ${name}: ${countOf({ resources })} resources`,
      ...resources
        .filter(({ protect, urn }) => protect && !released.urns.has(urn))
        .flatMap(({ urn }) => wrapped(`${shortName(urn)} (protected)`, 4))
        .sort(),
    ]),
    ...releasedText(
      footprint.environment.name,
      contents.flatMap(({ resources }) => resources),
      released,
    ),
    ...reservedText(contents.flatMap(({ resources }) => resources)),
  ].join("\n");
}

async function takeDown(
  io: Io,
  { session, footprint }: OpenEnvironment,
  stacks: readonly Node[],
  { liftProtection, atOnce }: DestroyOptions,
  { urns: released, keys }: Released,
): Promise<StackReport[]> {
  const names = stacks.map(({ name }) => name);
  await refusePending(session, names);
  await keepKeys(session, footprint.environment.name, keys);
  const limit = atOnce === undefined ? {} : { atOnce };
  if (liftProtection && footprint.environment.lifetime === "permanent") {
    const failed = await lift(io, session, stacks, released, limit);
    if (failed !== undefined) return failed;
  }
  const display = openDisplay(io, "destroy", names);
  const reports = await deploy(session, { operation: "destroy", stacks, ...limit }, display);
  await display.close();
  return reports;
}

/** Turns off the protection of the stacks, in their states and in the clouds. @returns the reports if an update failed */
async function lift(
  io: Io,
  session: Session,
  stacks: readonly Node[],
  released: ReadonlySet<string>,
  limit: { readonly atOnce?: number },
): Promise<StackReport[] | undefined> {
  const all = stacks.map(({ name }) => name);
  const names = await stacksToLift(session, all, released);
  await liftInState(session, all, released);
  if (names.length === 0) return undefined;
  const lifted = stacks
    .filter(({ name }) => names.includes(name))
    .map(({ name, needs }) => ({ name, needs: needs.filter((need) => names.includes(need)) }));
  const display = openDisplay(io, "up", names);
  const reports = await deploy(
    session,
    // Policies require the protection that this update turns off.
    { operation: "up", stacks: lifted, set: liftedProtection, judged: false, ...limit },
    display,
  );
  await display.close();
  if (reports.some(({ status }) => status !== "done")) return reports;
  // The update wrote its own options to the state.
  await liftInState(session, names, released);
  await markLifted(session, names);
  return undefined;
}
