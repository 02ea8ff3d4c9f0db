/** Tenants that are not in files yet, checked together with those that are. Nothing is written. */
import type { Problem } from "../../components/core/errors.ts";
import type { TenantSection } from "../../components/section/tenant-section.ts";
import { tenantSections } from "../../components/tenant-sections.ts";
import { configFile, listStacks } from "../files/config-files.ts";
import { tenantSchema } from "../manifest/tenant.ts";
import type { Footprint, Tenant } from "../model.ts";
import { planTenants, readTenants } from "./load.ts";
import { tenantOf } from "./read.ts";

/** A tenant's manifest as it will be written. */
export interface Candidate {
  /** Its stack: `prod.acme`. */
  readonly stack: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/**
 * Plans candidates in an environment with its other tenants. Adds the problems of candidates, and those between them and others, to
 * `problems`; of files that it does not change it reports nothing.
 *
 * @param footprint the environment and its cells
 * @param replacing whether the files of candidates may exist
 */
export function planCandidates(
  configDir: string,
  footprint: Footprint,
  others: readonly string[],
  candidates: readonly Candidate[],
  replacing: boolean,
  problems: Problem[],
  registry: readonly TenantSection[] = tenantSections,
): Tenant[] {
  const schema = tenantSchema(registry);
  const stacks = new Set(listStacks(configDir));
  const own = new Set(candidates.map(({ stack }) => stack));
  const found: Problem[] = [];
  const read = candidates.flatMap(({ stack, manifest }) => {
    if (!replacing && stacks.has(stack)) {
      const message = "must be an id that is free: the file exists";
      found.push({ path: `${configFile(stack)}: the name`, message, got: stack.split(".")[1] });
      return [];
    }
    const config = { manifest, has: () => true };
    return tenantOf(configDir, stack, config, registry, found, schema) ?? [];
  });
  const before = readTenants(
    configDir,
    others.filter((stack) => !own.has(stack)),
    [],
    registry,
  );
  const planned = planTenants(footprint, [...before, ...read], found, registry);
  problems.push(
    ...found.filter(({ path }) =>
      [...own].some(
        (stack) => path.startsWith(`${configFile(stack)}:`) || path.includes(configFile(stack)),
      ),
    ),
    // A ceiling of a cell is reported at the cell.
    ...found.filter(({ path }) =>
      footprint.cells.some(({ stack }) => path.startsWith(`${configFile(stack)}:`)),
    ),
  );
  return planned.filter(({ stack }) => own.has(stack));
}
