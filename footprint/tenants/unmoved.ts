/** What a manifest must not take away from a deployed tenant without a move: its data would be deleted. Pure. */
import type { Problem } from "../../components/core/errors.ts";
import { isIsolation } from "../../components/tenancy/isolation.ts";
import { configFile } from "../files/config-files.ts";
import type { Tenant } from "../model.ts";

/** Where a tenant is deployed, from the outputs of its stack. */
export interface DeployedPlaces {
  /** Whether it was moving. Its last step may then delete what it moved from. */
  readonly moving: boolean;
  /** How often sections were recreated. Undefined where the stack does not say it. */
  readonly builds?: Readonly<Record<string, number>> | undefined;
  readonly cells: Readonly<
    Record<
      string,
      {
        readonly isolation: Readonly<Record<string, unknown>>;
        readonly sections: Readonly<Record<string, unknown>>;
      }
    >
  >;
}

export function unmovedProblems(tenant: Tenant, deployed: DeployedPlaces): Problem[] {
  const { name, stack, moving, on } = tenant;
  if (deployed.moving || moving !== undefined) return [];
  const file = configFile(stack);
  const sections = new Set([...Object.keys(tenant.builds), ...Object.keys(deployed.builds ?? {})]);
  const rebuilt = [...sections].flatMap((section): Problem[] => {
    const before = deployed.builds?.[section] ?? 1;
    const after = tenant.builds[section] ?? 1;
    if (deployed.builds === undefined || before === after) return [];
    const message = `must be ${before}, as it is deployed: only atoll tenant move changes it, and another number deletes the section's data`;
    return [{ path: `${file}: builds.${section}`, message, got: after }];
  });
  const displaced = Object.entries(deployed.cells).flatMap(([cell, before]): Problem[] => {
    const place = on.find((one) => one.cell.name === cell);
    if (place === undefined) {
      return [
        {
          path: `${file}: cell`,
          message: `must still name ${cell}, where the tenant's data is: move it with npx atoll tenant move ${name} --cell <cell>`,
          got: tenant.cells.join(", "),
        },
      ];
    }
    return place.sections.flatMap(({ section: { name: layer, moves } }): Problem[] => {
      const from = before.isolation[layer];
      const to = place.tier.isolation[layer] ?? "pool";
      if (!Object.hasOwn(before.sections, layer) || !isIsolation(from)) return [];
      if (from === to || !(moves?.beside(place.cell.cloud, from, to) ?? false)) return [];
      return [
        {
          path: `${file}: tier`,
          message: `must leave the isolation of ${layer} "${from}", which holds data: move the tenant with npx atoll tenant move ${name} --tier <tier>`,
          got: tenant.tier,
        },
      ];
    });
  });
  return [...rebuilt, ...displaced];
}
