/** The hubs where an environment's cells meet, in the accounts and projects that it has anyway. */

import type { ProviderResource } from "@pulumi/pulumi";
import { type Connectivity, createHubs } from "../../components/connectivity/connectivity.ts";
import type { Connected } from "../../footprint/model.ts";
import { landingId } from "../../footprint/specs/cell-target.ts";
import { stackSecret } from "../config.ts";
import type { EnvironmentInputs, Places } from "./inputs.ts";

export async function environmentHubs(
  { common, environment }: EnvironmentInputs,
  { plan, settings }: Connected,
  places: Places,
): Promise<Connectivity> {
  // Google's hub may stand in a project or region where no cell does.
  const { gcpProvider } = plan.hubs.some((hub) => hub.cloud === "gcp" && !places[landingId(hub)])
    ? await import("../../components/provider/gcp.ts")
    : {};
  return createHubs("connectivity", {
    ...common,
    plan,
    settings,
    providerOf: (hub): ProviderResource => {
      const known = places[landingId(hub)]?.provider;
      if (known) return known;
      if (hub.cloud === "gcp" && gcpProvider)
        return gcpProvider("connectivity-gcp", hub, environment.credentials);
      throw new Error(`the environment does not build in ${landingId(hub)}`);
    },
    logsKeyOf: (hub) => places[landingId(hub)]?.logsKey ?? "",
    secretOf: stackSecret,
  });
}
