/** The hubs that connect an environment's cells, in the environment's accounts and projects. */

import type { ProviderResource } from "@pulumi/pulumi";
import { type Connectivity, createHubs } from "../../components/connectivity/connectivity.ts";
import type { Connected } from "../../footprint/model.ts";
import { targetId } from "../../footprint/specs/cell-target.ts";
import { stackSecret } from "../config.ts";
import type { EnvironmentInputs, Places } from "./inputs.ts";

export async function environmentHubs(
  { common, environment }: EnvironmentInputs,
  { plan, settings }: Connected,
  places: Places,
): Promise<Connectivity> {
  // The Google Cloud hub can be in a project or region without a cell.
  const { gcpProvider } = plan.hubs.some((hub) => hub.cloud === "gcp" && !places[targetId(hub)])
    ? await import("../../components/provider/gcp.ts")
    : {};
  return createHubs("connectivity", {
    ...common,
    plan,
    settings,
    providerOf: (hub): ProviderResource => {
      const known = places[targetId(hub)]?.provider;
      if (known) return known;
      if (hub.cloud === "gcp" && gcpProvider)
        return gcpProvider("connectivity-gcp", hub, environment.credentials);
      throw new Error(`the environment does not build in ${targetId(hub)}`);
    },
    logsKeyOf: (hub) => places[targetId(hub)]?.logsKey ?? "",
    secretOf: stackSecret,
  });
}
