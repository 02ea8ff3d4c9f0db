/** `atoll plan-failover`: writes the runbook for failover from a cell and for failback, from the manifests. */

import { didYouMean } from "../../components/core/suggest.ts";
import { listEnvironments } from "../../footprint/files/config-files.ts";
import type { Cell, Footprint } from "../../footprint/model.ts";
import { failoverCell, failoverLinks } from "../../operations/failover/cells.ts";
import { planFailover } from "../../operations/failover/plan.ts";
import { withLines } from "../../operations/failover/shell.ts";
import { runbookText } from "../../operations/failover/text.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { thisProject } from "../project.ts";
import { write } from "../report/written.ts";
import { readFootprint } from "../repository.ts";

export interface PlanFailoverOptions {
  /** Name of the cell to fail over from. */
  readonly from: string;
  /** Name of the cell to fail over to. */
  readonly to: string;
  readonly env?: string;
  /** Whether the first cell is unreachable. */
  readonly lost?: boolean;
  /** Writes to this file instead of standard output. */
  readonly output?: string;
}

export async function planFailoverOf(io: Io, options: PlanFailoverOptions): Promise<ExitCode> {
  const project = thisProject();
  const footprint = await readFootprint(project, environmentFor(project.configDir, options));
  const from = cellIn(footprint, options.from);
  const to = cellIn(footprint, options.to);
  const links = failoverLinks(footprint).filter((link) => link.from.name === from.name);
  const between = links.filter((link) => link.to.name === to.name);
  if (between.length === 0)
    throw nothingCopied(from, to, [...new Set(links.map((link) => link.to.name))]);
  const runbook = planFailover(
    failoverCell(from, footprint.registry),
    failoverCell(to, footprint.registry),
    between,
    options.lost === true,
  );
  const page = io.json
    ? JSON.stringify({ exitCode: exitCodes.done, ...withLines(runbook) }, null, 2)
    : runbookText(runbook);
  if (options.output === undefined) process.stdout.write(`${page}\n`);
  else write({ file: options.output, what: "runbook", option: "--output" }, `${page}\n`);
  return exitCodes.done;
}

function environmentFor(configDir: string, { env, from, to }: PlanFailoverOptions): string {
  if (env !== undefined) return env;
  const environments = listEnvironments(configDir);
  const [only, ...others] = environments;
  if (only !== undefined && others.length === 0) return only;
  throw new Failure(
    "bad-usage",
    `there are several environments: ${environments.join(", ")}`,
    `choose one: npx atoll plan-failover ${from} ${to} --env ${only ?? "prod"}`,
  );
}

function cellIn({ environment, cells }: Footprint, name: string): Cell {
  const found = cells.find((cell) => cell.name === name || cell.stack === name);
  if (found) return found;
  const names = cells.map((cell) => cell.name);
  throw new Failure(
    "bad-usage",
    `environment "${environment.name}" has no cell "${name}"${didYouMean(name, names)}`,
    "name two cells of one environment: the one to fail over from, and the one to fail over to",
  );
}

function nothingCopied(from: Cell, to: Cell, elsewhere: readonly string[]): Failure {
  if (from === to) {
    return new Failure(
      "bad-usage",
      `"${from.name}" cannot fail over to itself`,
      "name two cells: the one to fail over from, and the one to fail over to",
    );
  }
  const instead =
    elsewhere.length === 0
      ? "it is not copied to any cell"
      : `it is copied to ${elsewhere.join(", ")}`;
  const declare =
    from.cloud === to.cloud
      ? `set \`replicateTo: {cell: ${to.name}}\` on its database, stream or buckets`
      : `replication from ${from.cloud} to ${to.cloud} is not supported: set \`replicateTo\` on its database, stream or buckets to a cell on ${from.cloud}`;
  return new Failure(
    "bad-usage",
    `no service of cell "${from.name}" is copied to "${to.name}", so it cannot fail over there; ${instead}`,
    `${declare}; see docs/failover.md`,
  );
}
