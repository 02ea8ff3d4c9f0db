/** One tenant and what its program reads: its environment, its cells and itself. */
import type { Problem } from "../../components/core/errors.ts";
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import type { Section } from "../../components/section/section.ts";
import { environmentOf } from "../files/config-files.ts";
import { loadFootprint } from "../load.ts";
import type { Footprint } from "../model.ts";
import { planSome, readTenants, refuseTenants, withTenants } from "./load.ts";

/**
 * The footprint with this tenant alone.
 *
 * @throws BlueprintError `footprint-invalid`
 */
export function loadTenant(
  configDir: string,
  stack: string,
  registry: readonly Section[],
  ofEnvironments: readonly EnvironmentSection[],
): Footprint {
  const problems: Problem[] = [];
  const placed = readTenants(configDir, [stack], problems);
  refuseTenants(stack, problems);
  const environment = environmentOf(stack);
  // A mistake in a cell that it is not on does not concern it.
  const [cell] = placed.flatMap(({ cells }) => (cells.length === 1 ? cells : []));
  const asked = cell === undefined ? environment : `${environment}.${cell}`;
  const footprint = loadFootprint(configDir, asked, registry, ofEnvironments);
  const tenants = planSome(footprint, placed, problems);
  refuseTenants(stack, problems);
  return withTenants(footprint, tenants);
}
