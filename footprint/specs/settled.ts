/** The specs of a cell in the zones in which its resources are deployed. Pure. */
import { BlueprintError, type Problem } from "../../components/core/errors.ts";
import { deployedNetwork } from "../../components/network/deployed.ts";
import { zonesOf } from "../../components/section/cell.ts";
import type { Deployed } from "../../components/section/deployed.ts";
import { componentName, isSupported, type Section } from "../../components/section/section.ts";
import type { Settled, ZoneChange } from "../../components/section/zone-change.ts";
import { configFile } from "../files/config-files.ts";
import type { Cell, CellSpecs } from "../model.ts";
import { specInstances } from "./instances.ts";

/**
 * @param addressed zones in whose subnets other cells know addresses
 * @throws BlueprintError `zones-unsuitable` with every change of zones that cannot work
 */
export function settledCell(
  cell: Cell,
  registry: readonly Section[],
  deployed: Deployed,
  addressed: readonly string[] = [],
): Cell {
  if (cell.cloud === "onprem" || deployed.length === 0) return cell;
  const found: Problem[] = [];
  const specs: Record<string, unknown> = { ...cell.specs };
  const change = changeOf(cell, deployed, addressed);
  for (const { section, key, spec } of specInstances(cell, registry)) {
    const { [cell.cloud]: on } = section.clouds;
    if (!isSupported(on) || on.settled === undefined) continue;
    const component = componentName(section, key);
    const settled: Settled = on.settled(spec as never, { ...change, component });
    found.push(...settled.problems);
    if (key === undefined) specs[section.name] = settled.spec;
    else if (section.plural) {
      const others = specs[section.plural] as Record<string, unknown>;
      specs[section.plural] = { ...others, [key]: settled.spec };
    }
  }
  if (found.length === 0) return { ...cell, specs: specs as unknown as CellSpecs } as Cell;
  const file = configFile(cell.stack);
  throw new BlueprintError(
    "zones-unsuitable",
    `${file} does not fit the zones of what is deployed, and nothing was changed:`,
    found.map((problem) => ({ ...problem, path: `${file}: ${problem.path}` })),
  );
}

function changeOf(
  cell: Exclude<Cell, { readonly cloud: "onprem" }>,
  deployed: Deployed,
  addressed: readonly string[],
): Omit<ZoneChange, "component"> {
  const { zoneOfSubnet } = deployedNetwork(deployed, cell.cidr);
  const existing = existingSubnets(cell);
  return {
    deployed,
    zones: zonesOf(cell),
    addressed,
    zoneOf: (id) => zoneOfSubnet.get(id) ?? existing.get(id),
  };
}

/** The zones of subnets that the manifest refers to. */
function existingSubnets({ specs }: Cell): ReadonlyMap<string, string> {
  if (specs.cloud !== "aws" || specs.network.existing === undefined) return new Map();
  return new Map(
    Object.entries(specs.network.existing.subnets).flatMap(([zone, byKind]) =>
      Object.values(byKind).flatMap((id): [string, string][] => (id ? [[id, zone]] : [])),
    ),
  );
}
