/** Existing zones as a rehearsal takes them: with the facts that their checks ask for. */
import type { Cell, Names } from "../../../footprint/model.ts";
import type { ExistingResource } from "../../../simulator/existing.ts";

export function existingZones(
  { plan, settings }: Names,
  cells: readonly Cell[],
): ExistingResource[] {
  return cells.flatMap((cell) => {
    const id = settings.existing?.[cell.name];
    const name = plan.cells[cell.name]?.zone;
    const zone = id === undefined || name === undefined ? undefined : existingZone(cell, id, name);
    return zone ?? [];
  });
}

function existingZone(cell: Cell, id: string, name: string): ExistingResource | undefined {
  switch (cell.cloud) {
    case "aws": {
      const { account, region, specs } = cell;
      const vpcId = specs.cloud === "aws" ? specs.network.existing?.vpcId : undefined;
      return {
        type: "aws:route53/zone:Zone",
        id,
        config: { region, allowedAccountIds: [account] },
        inputs: { name },
        facts: { privateZone: true, ...(vpcId !== undefined && { vpcId }) },
      };
    }
    case "gcp": {
      const { project, region } = cell;
      return {
        type: "gcp:dns/managedZone:ManagedZone",
        id: `projects/${project}/managedZones/${id}`,
        config: { project, region },
        inputs: { project, name: id, dnsName: `${name}.`, visibility: "private" },
      };
    }
    case "onprem":
      return undefined;
  }
}
