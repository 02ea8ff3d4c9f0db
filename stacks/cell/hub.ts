/** The hub that a cell attaches to, from the environment's outputs. */

import { hubKeyOf, sharedOf } from "../../components/connectivity/hubs.ts";
import type { ConnectivityPlan } from "../../components/connectivity/model.ts";
import { portRules } from "../../components/connectivity/rules.ts";
import type { SiteLink } from "../../components/connectivity/sites.ts";
import type { PlacedCell } from "../../footprint/model.ts";
import { deployedOf } from "../environment/keys.ts";
import type { EnvironmentOutputs } from "../outputs/environment.ts";
import type { CellInputs } from "./inputs.ts";

type Inputs = Pick<CellInputs<unknown>, "cell" | "connectivity" | "environment">;

/** The environment's plan; undefined if the cell is not in the matrix. */
export function planOf({ cell, connectivity }: Inputs): ConnectivityPlan | undefined {
  const named = connectivity?.plan.matrix.some(
    ({ from, to }) => from === cell.name || to === cell.name,
  );
  return named ? connectivity?.plan : undefined;
}

/** Traffic allowed between a cell's network and other cells. */
export function trafficOf(inputs: Inputs) {
  return portRules(inputs.connectivity?.plan.rules ?? [], inputs.cell.name);
}

/** A Transit Gateway, with the ids of its planned route tables. */
export function awsHubOf({ cell, environment }: Inputs, plan: ConnectivityPlan) {
  const { key, hub } = hubOf(cell, environment);
  const known = hub?.cloud === "aws" ? hub : undefined;
  const ids = (kind: "cells" | "links", owners: readonly string[]) =>
    Object.fromEntries(
      owners.map((owner) => {
        const what = `route table of ${owner} at hub ${key}`;
        return [owner, deployedOf(environment, known?.tables[kind][owner], what)];
      }),
    );
  // The owner of a shared Transit Gateway has its route tables.
  const isShared = sharedOf(plan.hubs.find((planned) => planned.key === key)) !== undefined;
  const tables = plan.routes.tables.filter((table) => table.hub === key && !isShared);
  return {
    transitGatewayId: deployedOf(environment, known?.transitGatewayId, `hub ${key}`),
    tables: {
      cells: ids(
        "cells",
        tables.flatMap(({ of }) => ("cell" in of ? of.cell : [])),
      ),
      links: ids(
        "links",
        tables.flatMap(({ of }) => ("link" in of ? of.link : [])),
      ),
    },
  };
}

/** Google's hub. */
export function googleHubOf({ cell, environment }: Inputs) {
  const { key, hub } = hubOf(cell, environment);
  const known = hub?.cloud === "gcp" ? hub : undefined;
  return { hubId: deployedOf(environment, known?.hubId, `hub ${key}`) };
}

/** The environment's outputs for a site; undefined in a preview that runs before the environment is deployed. */
export function siteLinksOf({ cell, environment }: Inputs): readonly SiteLink[] {
  return environment?.connectivity?.sites[cell.name] ?? [];
}

function hubOf(cell: PlacedCell, environment: EnvironmentOutputs | undefined) {
  const key = hubKeyOf(cell) ?? "";
  return { key, hub: environment?.connectivity?.hubs[key] };
}
