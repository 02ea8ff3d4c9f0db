/** `atoll tenant move`: plans the move of a tenant to another tier or cell, and goes through it step by step. */
import type { Tenant } from "../../../footprint/model.ts";
import { planMove } from "../../../operations/moves/plan.ts";
import type { MovePlan } from "../../../operations/moves/step.ts";
import { moveText } from "../../../operations/moves/text.ts";
import { agree, refuseUnasked } from "../../agree.ts";
import { type ExitCode, exitCodes, Failure } from "../../failure.ts";
import type { Io } from "../../io.ts";
import { changed, type FoundTenant, findTenant } from "./found.ts";
import { type MoveOptions, type MoveRun, runSteps } from "./move-steps.ts";

export async function moveTenant(io: Io, options: MoveOptions): Promise<ExitCode> {
  const found = await findTenant(options);
  const { stack } = found;
  const text = found.text();
  const current = found.planned(text, `tenant "${stack}" cannot be moved; nothing was changed`);
  const plan = planOf(found, text, current, options);
  const done = current.moving?.done ?? [];
  io.say(moveText(plan, done));
  if (options.plan) {
    io.result({ ...plan, done, moving: current.moving });
    return exitCodes.done;
  }
  const consent = {
    otherwise: `the move of ${stack} was not confirmed; nothing was changed`,
    cure: "review it with --plan, then run it again with --yes or in a terminal",
  };
  refuseUnasked(io, options.yes === true, consent);
  const verb = options.rollBack ? "Roll back" : current.moving ? "Continue" : "Start";
  await agree(io, options.yes === true, { question: `${verb} this move?`, ...consent });
  const run: MoveRun = { io, found, plan, options };
  return runSteps(run);
}

function planOf(found: FoundTenant, text: string, current: Tenant, options: MoveOptions): MovePlan {
  const { moving } = current;
  const { tier, cell, rollBack } = options;
  const isGoingOn = options.continue === true || rollBack === true;
  if (moving === undefined) {
    if (isGoingOn) throw usage(found, "is not moved: there is nothing to continue or roll back");
    const [only, ...more] = current.cells;
    if ((tier === undefined) === (cell === undefined))
      throw usage(found, "needs one of --tier and --cell");
    const from = tier === undefined ? only : current.tier;
    const to = tier ?? cell ?? "";
    if (from === undefined || to === from) throw usage(found, `is there already: ${to}`);
    if (cell !== undefined && more.length > 0 && current.cells.includes(cell))
      throw usage(found, `is on ${cell} already`);
    return planned(found, text, tier === undefined ? "cell" : "tier", from, to, current);
  }
  const { what, from, to } = moving;
  if ((tier ?? cell ?? to) !== to || (tier !== undefined && what === "cell"))
    throw usage(found, `is being moved to ${what} ${to}: finish that move, or roll it back`);
  if (!isGoingOn && !options.plan)
    throw usage(found, `is being moved to ${what} ${to}: add --continue or --roll-back`);
  return planned(found, text, what, from, to, current);
}

/** The plan from the tenant's plans before and after the move. Checks the tenant with both as well. */
function planned(
  found: FoundTenant,
  text: string,
  what: "tier" | "cell",
  from: string,
  to: string,
  current: Tenant,
): MovePlan {
  const refused = `tenant "${found.stack}" cannot be moved to ${what} "${to}"; nothing was changed`;
  const at = (fields: object) =>
    found.planned(changed(text, { moving: undefined, ...fields }), refused);
  if (what === "tier") {
    return planMove({ what, from, to, before: at({ tier: from }), after: at({ tier: to }) });
  }
  const others = current.cells.filter((name) => name !== from && name !== to);
  const on = (name: string) => at({ cell: undefined, cells: [name, ...others] });
  return planMove({ what, from, to, before: on(from), after: on(to) });
}

function usage({ stack }: FoundTenant, problem: string): Failure {
  return new Failure(
    "bad-usage",
    `tenant ${stack} ${problem}`,
    `npx atoll tenant move ${stack} --tier <tier>, or --cell <cell>; --continue and --roll-back go on with a move`,
  );
}
