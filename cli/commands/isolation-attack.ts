/** `atoll isolation attack`: the attacks of one tenant on another one; a rehearsal answers them by the oracle, a real cell is tried. */
import { didYouMean } from "../../components/core/suggest.ts";
import { shellLine } from "../../operations/failover/shell.ts";
import {
  type Attack,
  completed,
  type Outcome,
  outcomeOf,
} from "../../operations/isolation/attack/attack.ts";
import { answered, attacksOf } from "../../operations/isolation/attack/suite.ts";
import { type IsolationCell, theCell } from "../../operations/isolation/model.ts";
import { judge } from "../../operations/isolation/oracle.ts";
import { agree } from "../agree.ts";
import { run as spawned } from "../engine/spawn.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { attackTable, attackText } from "../report/attack.ts";
import { onCells } from "./isolation.ts";

export interface AttackOptions {
  readonly asked: string;
  /** The tenant that attacks. */
  readonly from: string;
  /** The tenant that is attacked, or `cell`. */
  readonly to: string;
  /** Runs the commands. */
  readonly run?: boolean;
  /** Does not ask. */
  readonly yes?: boolean;
  readonly rehearse?: boolean;
}

/** An attack with its result: of the oracle, or of the real cell. */
export interface Tried {
  readonly attack: Attack;
  readonly outcome?: Outcome;
  /** What says so: the steps of a path, or the end of the output. */
  readonly because?: string;
}

export function attack(io: Io, options: AttackOptions): Promise<ExitCode> {
  return onCells(io, options, async (cells, { session }) => {
    const isReal = session.target.kind === "cloud";
    if (options.run && !isReal) {
      throw new Failure(
        "bad-usage",
        "there is nothing to attack in a rehearsal: the oracle answers",
        "omit --run, or name an environment on real clouds",
      );
    }
    const shared = cellsOf(cells, options);
    const to = options.to === "cell" ? theCell : options.to;
    const planned = shared.map((cell) => ({ cell, attacks: attacksOf(cell, options.from, to) }));
    if (options.run) await agree(io, options.yes === true, consent(planned));
    const tried = await Promise.all(
      planned.map(async ({ cell, attacks }) => ({
        cell: cell.name,
        attacks: await tryAll(io, cell, attacks, { ...options, to }, isReal),
      })),
    );
    for (const each of tried)
      io.say(isReal && !options.run ? attackText(each) : attackTable(each, isReal));
    const code = codeOf(tried.flatMap(({ attacks }) => attacks));
    io.result({ exitCode: code, from: options.from, to: options.to, cells: tried.map(asJson) });
    return code;
  });
}

/** The cells that both are on. */
function cellsOf(
  cells: readonly IsolationCell[],
  { asked, from, to }: AttackOptions,
): IsolationCell[] {
  const known = [...new Set(cells.flatMap(({ tenants }) => tenants))];
  for (const tenant of to === "cell" ? [from] : [from, to]) {
    if (known.includes(tenant)) continue;
    throw new Failure(
      "bad-usage",
      `no tenant "${tenant}" is deployed on ${asked}${didYouMean(tenant, known)}`,
      `its tenants are ${known.join(", ")}`,
    );
  }
  if (from === to)
    throw new Failure("bad-usage", `"${from}" cannot attack itself`, "name two tenants");
  const shared = cells.filter(
    ({ tenants }) => tenants.includes(from) && (to === "cell" || tenants.includes(to)),
  );
  if (shared.length > 0) return shared;
  throw new Failure(
    "bad-usage",
    `"${from}" and "${to}" have no cell in common, so they share nothing to attack`,
    `attack the cell itself: --from ${from} --to cell`,
  );
}

function consent(planned: readonly { readonly attacks: readonly Attack[] }[]) {
  const count = planned.reduce((sum, { attacks }) => sum + attacks.length, 0);
  return {
    question: `Run ${count} attacks with your own rights, in pods that are deleted afterwards?`,
    otherwise: "the attacks were not run",
  };
}

async function tryAll(
  io: Io,
  cell: IsolationCell,
  attacks: readonly Attack[],
  { from, to, run }: AttackOptions,
  isReal: boolean,
): Promise<Tried[]> {
  if (isReal && !run) return attacks.map((each) => ({ attack: each }));
  const tried: Tried[] = [];
  const verdict = judge(cell);
  for (const each of attacks) {
    if (isReal) {
      io.note(`${each.id}: ${each.what}`);
      tried.push(await tryOne(io, each));
      continue;
    }
    const path = answered(verdict, each, from, to);
    tried.push({
      attack: each,
      outcome: path === undefined ? "refused" : "succeeded",
      ...(path === undefined
        ? {}
        : { because: path.steps.map(({ because }) => because).join("; ") }),
    });
  }
  return tried;
}

async function tryOne(io: Io, attack: Attack): Promise<Tried> {
  const unclear = (because: string): Tried => ({ attack, outcome: "unclear", because });
  try {
    const found = attack.find === undefined ? undefined : await ended(io, attack.find);
    const address = found?.stdout.trim() ?? "";
    if (found !== undefined && (found.code !== 0 || address === ""))
      return unclear(`there is nothing to attack: ${shellLine({ run: attack.find ?? [] })}`);
    const { code, stdout, stderr } = await ended(io, completed(attack, address));
    const output = `${stdout}\n${stderr}`.trim();
    const because = output.split("\n").at(-1) ?? "";
    return { attack, outcome: outcomeOf(attack, { code, output }), because };
  } catch (error) {
    return unclear(error instanceof Error ? error.message : String(error));
  }
}

function ended(io: Io, command: readonly string[]) {
  const [tool = "", ...args] = command;
  return spawned(tool, args, { cwd: process.cwd(), env: process.env, interrupts: io.interrupts });
}

/** An attack that succeeds is a violation; one that proves nothing is a failure. */
function codeOf(tried: readonly Tried[]): ExitCode {
  if (tried.some(({ outcome }) => outcome === "succeeded")) return exitCodes.policyViolations;
  return tried.some(({ outcome }) => outcome === "unclear") ? exitCodes.failed : exitCodes.done;
}

function asJson({ cell, attacks }: { readonly cell: string; readonly attacks: readonly Tried[] }) {
  return {
    cell,
    attacks: attacks.map(({ attack: each, ...result }) => ({
      ...each,
      line: shellLine({ run: each.run }),
      ...result,
    })),
  };
}
