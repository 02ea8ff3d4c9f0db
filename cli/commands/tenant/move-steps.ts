/** Goes through the steps of a move. The manifest says which are done, so that any machine can continue. */
import path from "node:path";
import type { Move } from "../../../footprint/manifest/tenant.ts";
import type { Tenant } from "../../../footprint/model.ts";
import { afterDeletion, isCutOver } from "../../../footprint/tenants/moving.ts";
import { fieldsAfter, fieldsAt, type MoveFields } from "../../../operations/moves/manifest.ts";
import type { MovePlan, MoveStep } from "../../../operations/moves/step.ts";
import { stepText } from "../../../operations/moves/text.ts";
import { type ExitCode, exitCodes } from "../../failure.ts";
import type { Io } from "../../io.ts";
import { up } from "../up.ts";
import { writeAll } from "./files.ts";
import { changed, type FoundTenant } from "./found.ts";
import { leaving, liftLeaving } from "./leaving.ts";

export interface MoveOptions {
  readonly tenant: string;
  readonly env?: string;
  readonly tier?: string;
  readonly cell?: string;
  /** Prints the plan only. */
  readonly plan?: boolean;
  readonly continue?: boolean;
  readonly rollBack?: boolean;
  /** Steps of the operator that are done and verified. */
  readonly confirm?: readonly string[];
  /** Agrees to the last step. */
  readonly deleteOld?: boolean;
  readonly rehearse?: boolean;
  readonly yes?: boolean;
}

export interface MoveRun {
  readonly io: Io;
  readonly found: FoundTenant;
  readonly plan: MovePlan;
  readonly options: MoveOptions;
}

export async function runSteps(run: MoveRun): Promise<ExitCode> {
  const { plan, options } = run;
  if (options.rollBack) return rollBack(run);
  for (const [index, step] of plan.steps.entries()) {
    const tenant = current(run);
    const { moving } = tenant;
    if (moving?.done.includes(step.id)) continue;
    const ended = await runStep(run, tenant, step, index + 1);
    if (ended !== undefined) return ended;
  }
  return ended(run, "moved");
}

/** @returns an exit code to stop with */
async function runStep(
  run: MoveRun,
  tenant: Tenant,
  step: MoveStep,
  number: number,
): Promise<ExitCode | undefined> {
  const move = moveOf(run, tenant);
  const done = { ...move, done: [...move.done, step.id] };
  switch (step.id) {
    case "build":
      return deploy(run, { ...fieldsAt(run.plan, tenant, done, "build") });
    case "stop":
      return deploy(run, fieldsAt(run.plan, tenant, done, "stopped"));
    case "cut-over":
      return deploy(run, fieldsAt(run.plan, tenant, done, "cut-over"));
    case "delete":
      return (await isAgreed(run, step, number, run.options.deleteOld === true))
        ? remove(run, tenant, "ending")
        : stopped(run, step, "--delete-old");
    default:
      if (!(await isDone(run, step, number))) return stopped(run, step, `--confirm ${step.id}`);
      write(run, { moving: done });
      return undefined;
  }
}

function moveOf({ plan }: MoveRun, { moving, state }: Tenant): Move {
  if (moving !== undefined) return moving;
  const { what, from, to } = plan;
  const since = new Date().toISOString().slice(0, 10);
  return { what, from, to, since, stage: "build", done: [], state };
}

/** Back to what the tenant had: before the cut-over nothing has to be copied. */
async function rollBack(run: MoveRun): Promise<ExitCode> {
  const { plan } = run;
  if (isCutOver(current(run))) {
    for (const [index, step] of plan.back.entries()) {
      const tenant = current(run);
      const move = moveOf(run, tenant);
      const id = `back: ${step.id}`;
      if (move.done.includes(id)) continue;
      const done = { ...move, done: [...move.done, id] };
      if (step.by === "operator" && !(await isDone(run, step, index + 1)))
        return stopped(run, step, `--roll-back --confirm ${step.id}`);
      if (step.by === "operator") write(run, { moving: done });
      else {
        const failed = await deploy(run, { moving: done, state: "suspended" });
        if (failed !== undefined) return failed;
      }
    }
  }
  const tenant = current(run);
  if (tenant.moving?.stage !== "reverting") {
    const failed = await deploy(run, fieldsAt(plan, tenant, moveOf(run, tenant), "build"));
    if (failed !== undefined) return failed;
  }
  const step: MoveStep = {
    id: "delete",
    title: `Delete what ${tenant.name} has of ${plan.what} ${plan.to}`,
    by: "atoll",
    commands: [],
    verify: { commands: [], expect: "only the old one" },
    rollBack: "move it again",
    lost: "everything that was written to the new one, and not copied back",
    reversible: false,
  };
  if (!(await isAgreed(run, step, plan.back.length + 1, run.options.deleteOld === true)))
    return stopped(run, step, "--roll-back --delete-old");
  const failed = await remove(run, current(run), "reverting");
  return failed ?? ended(run, "rolled back");
}

/** The last step: lifts the protection of what is left behind, in the clouds and in the state, and deletes it. */
async function remove(
  run: MoveRun,
  tenant: Tenant,
  stage: "ending" | "reverting",
): Promise<ExitCode | undefined> {
  const { found, plan } = run;
  const move = moveOf(run, tenant);
  if (found.footprint.environment.lifetime === "permanent") {
    write(run, fieldsAt(plan, tenant, move, stage));
    const left = stage === "ending" ? plan.from : plan.to;
    const failed = await liftLeaving(quiet(run.io), found.stack, run.options.rehearse, () =>
      leaving(current(run), plan, left),
    );
    if (failed !== undefined) return failed;
  }
  const last = current(run);
  const renamed = plan.what === "tier" ? afterDeletion(last) : {};
  return deploy(run, { ...fieldsAfter(plan, last, { ...move, stage }), ...renamed });
}

function current({ found }: MoveRun): Tenant {
  return found.planned(found.text(), `tenant "${found.stack}" cannot be moved`);
}

/** Writes fields after checking them. */
function write({ found, plan }: MoveRun, fields: MoveFields): void {
  const text = changed(found.text(), fields);
  found.planned(text, `tenant "${found.stack}" cannot be moved to ${plan.to}; nothing was changed`);
  writeAll(new Map([[found.file, text]]));
}

/** Writes fields and deploys the tenant. A failure restores nothing: the same command tries again. */
async function deploy(run: MoveRun, fields: MoveFields): Promise<ExitCode | undefined> {
  const { found, options, io } = run;
  const before = found.text();
  write(run, fields);
  io.note(`wrote ${path.relative(process.cwd(), found.file)}`);
  const { rehearse } = options;
  const asked = { asked: found.stack, ...(rehearse === undefined ? {} : { rehearse }) };
  const restore = () => {
    // The step is not done. What it changed already, the next try finds.
    const { moving } = fields;
    if (moving === undefined) writeAll(new Map([[found.file, before]]));
    else write(run, { moving: { ...moving, done: moving.done.slice(0, -1) } });
  };
  try {
    const code = await up(quiet(io), { ...asked, yes: true });
    if (code === exitCodes.done) return undefined;
    restore();
    return code;
  } catch (error) {
    restore();
    throw error;
  }
}

/** The result of a command is printed once. */
function quiet(io: Io): Io {
  return { ...io, say: (line) => io.note(line), result: () => undefined };
}

/** An operator's step: in a rehearsal there is nothing real to copy. */
async function isDone({ io, found, options }: MoveRun, step: MoveStep, number: number) {
  io.note(stepText(step, number).join("\n"));
  if (options.confirm?.includes(step.id)) return true;
  if (options.yes === true && found.isRehearsed) return true;
  return io.interactive && (await io.confirm("Done and verified?"));
}

async function isAgreed({ io }: MoveRun, step: MoveStep, number: number, agreed: boolean) {
  if (step.reversible || agreed) return true;
  io.note(stepText(step, number).join("\n"));
  return io.interactive && (await io.confirm(`${step.title}?`));
}

function stopped({ io, plan, found }: MoveRun, { id }: MoveStep, flag: string): ExitCode {
  const on = flag.includes("--roll-back") ? "" : "--continue ";
  io.say(
    `\nstops before ${id}; when it is time: npx atoll tenant move ${found.stack} ${on}${flag}`,
  );
  io.result({ ...plan, moving: manifestMove(found), stoppedBefore: id });
  return exitCodes.done;
}

function manifestMove(found: FoundTenant): Move | undefined {
  return found.planned(found.text(), `tenant "${found.stack}" cannot be moved`).moving;
}

function ended({ io, plan, found }: MoveRun, how: string): ExitCode {
  io.say(`\n${found.stack} is ${how}: ${plan.what} ${how === "moved" ? plan.to : plan.from}`);
  io.result({ ...plan, moving: undefined, stoppedBefore: undefined });
  return exitCodes.done;
}
