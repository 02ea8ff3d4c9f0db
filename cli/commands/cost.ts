/** `atoll cost`: the planned monthly cost of cells and tenants. Depends on the manifests and a table of list prices only. */
import { currency } from "../../components/pricing/prices.ts";
import { environmentOf } from "../../footprint/files/config-files.ts";
import { costedCells } from "../../operations/cost/footprint.ts";
import { type CellCost, planCost } from "../../operations/cost/plan.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { thisProject } from "../project.ts";
import { costByCell, costByTenant, costCsv, costNotes, pricesOf } from "../report/cost.ts";
import { chosenCells, readFootprint } from "../repository.ts";

export interface CostOptions {
  /** An environment, or one cell. */
  readonly asked: string;
  readonly by: "tenant" | "cell";
  readonly csv?: boolean;
}

export async function cost(io: Io, { asked, by, csv }: CostOptions): Promise<ExitCode> {
  if (csv === true && io.json) {
    throw new Failure("bad-usage", "--csv and --json exclude each other", "choose one of both");
  }
  const footprint = await readFootprint(thisProject(), environmentOf(asked), {
    overCapacity: true,
  });
  const names = new Set(chosenCells(footprint, asked).map(({ name }) => name));
  const cells: CellCost[] = costedCells(footprint)
    .filter(({ cell }) => names.has(cell))
    .map(planCost);
  if (csv === true) {
    process.stdout.write(costCsv(footprint.environment.name, cells));
    return exitCodes.done;
  }
  io.say(by === "tenant" ? costByTenant(cells) : costByCell(cells));
  io.say(costNotes(cells));
  const unit = "cents of a month";
  io.result({ exitCode: exitCodes.done, currency, unit, cells, prices: pricesOf(cells) });
  return exitCodes.done;
}
