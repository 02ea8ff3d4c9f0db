/** `atoll capacity`: what cells have, what tenants take of it, and how many more fit. Depends on the manifests only. */
import { tenantSections } from "../../components/tenant-sections.ts";
import { fitOf } from "../../footprint/capacity/fit.ts";
import { environmentOf } from "../../footprint/files/config-files.ts";
import type { Cell, Footprint } from "../../footprint/model.ts";
import { cellCapacities, tenantCapacityProblems } from "../../footprint/tenants/capacity.ts";
import { tierDemands } from "../../footprint/tenants/demand.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import type { Io } from "../io.ts";
import { thisProject } from "../project.ts";
import { type CapacityReport, capacityText } from "../report/capacity.ts";
import { chosenCells, readFootprint } from "../repository.ts";

export interface CapacityOptions {
  /** An environment, or one cell. */
  readonly asked: string;
}

/** Cells with more tenants than they have room for are shown, and end with the code of invalid input. */
export async function capacity(io: Io, { asked }: CapacityOptions): Promise<ExitCode> {
  const footprint = await readFootprint(thisProject(), environmentOf(asked), {
    overCapacity: true,
  });
  const cells = chosenCells(footprint, asked);
  const reports = reportsOf(footprint, cells);
  const files = cells.map(({ stack }) => `Pulumi.${stack}.yaml`);
  const problems = tenantCapacityProblems(footprint, footprint.tenants).filter(({ path }) =>
    files.some((file) => path.startsWith(`${file}:`)),
  );
  const exitCode = problems.length === 0 ? exitCodes.done : exitCodes.wrongUse;
  io.say(capacityText(reports, problems));
  io.result({ exitCode, cells: reports, problems });
  return exitCode;
}

function reportsOf(footprint: Footprint, cells: readonly Cell[]): CapacityReport[] {
  const all = cellCapacities(footprint, footprint.tenants);
  return cells.flatMap((cell) => {
    const found = all.find((each) => each.cell === cell.name);
    if (found === undefined) return [];
    const tiers = tierDemands(footprint, cell, tenantSections).map((tier) => ({
      ...fitOf(found, tier),
      guaranteed: tier.guaranteed,
    }));
    return [{ ...found, stack: cell.stack, tiers }];
  });
}
