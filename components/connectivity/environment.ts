/** The hubs that connect an environment's cells, in the environment's accounts and projects. */
import type { ProviderResource } from "@pulumi/pulumi";
import { keys } from "../keys/environment-section.ts";
import { targetId } from "../provider/target.ts";
import type { EnvironmentBuild } from "../section/environment.ts";
import { type Connectivity, createHubs } from "./connectivity.ts";
import type { Connected } from "./model.ts";

export async function build(
  { plan, settings }: Connected,
  { common, places, credentials, secret, built }: EnvironmentBuild,
): Promise<Connectivity> {
  // The Google Cloud hub can be in a project or region without a cell.
  const { gcpProvider } = plan.hubs.some((hub) => hub.cloud === "gcp" && !places[targetId(hub)])
    ? await import("../provider/gcp.ts")
    : {};
  return createHubs("connectivity", {
    ...common,
    plan,
    settings,
    providerOf: (hub): ProviderResource => {
      const known = places[targetId(hub)]?.provider;
      if (known) return known;
      if (hub.cloud === "gcp" && gcpProvider)
        return gcpProvider("connectivity-gcp", hub, credentials);
      throw new Error(`the environment does not build in ${targetId(hub)}`);
    },
    logsKeyOf: (hub) => built(keys)?.rings[targetId(hub)]?.logs ?? "",
    secretOf: secret,
  });
}
