/** The private DNS resources of an environment, deployed before its cells: AWS profiles and the Google Cloud hub. */

import type { Input } from "@pulumi/pulumi";
import type { Connectivity } from "../../components/connectivity/connectivity.ts";
import { googleHubKey } from "../../components/connectivity/hubs.ts";
import { googleHubSpecOf } from "../../components/private-dns/specs.ts";
import type { Connected, Names } from "../../footprint/model.ts";
import { targetId } from "../../footprint/specs/cell-target.ts";
import type { NamesOutputs } from "../outputs/access.ts";
import type { Pending } from "../outputs/pending.ts";
import type { EnvironmentInputs, Places } from "./inputs.ts";

export async function environmentNames(
  inputs: EnvironmentInputs,
  names: Names,
  places: Places,
  hubs: { readonly plan: Connected["plan"]; readonly made: Connectivity } | undefined,
): Promise<Pending<NamesOutputs>> {
  const { domain } = names.settings;
  const profiles = await makeProfiles(inputs, names, places);
  const planned = hubs?.plan.hubs.find((hub) => hub.cloud === "gcp");
  const made = hubs?.made.hubs[googleHubKey];
  const spec = planned?.cloud === "gcp" ? googleHubSpecOf(names.plan, planned) : undefined;
  if (planned?.cloud !== "gcp" || made?.cloud !== "gcp" || !spec) return { domain, profiles };

  const { GoogleDnsHub } = await import("../../components/private-dns/google-hub.ts");
  const { gcpProvider } = await import("../../components/provider/gcp.ts");
  const gcp =
    places[targetId(planned)]?.provider ??
    gcpProvider("dns-hub", planned, inputs.environment.credentials);
  const args = { ...inputs.common, spec, networkId: made.networkId };
  new GoogleDnsHub("dns-hub", args, { providers: { gcp } });
  return { domain, profiles, googleHub: made.networkId };
}

/** One profile for each target with several cells, by target id. */
async function makeProfiles(
  { common }: EnvironmentInputs,
  { plan }: Names,
  places: Places,
): Promise<Record<string, Input<string>>> {
  const groups = Object.keys(plan.profiles);
  if (groups.length === 0) return {};
  const { AwsDnsProfile } = await import("../../components/private-dns/aws-profile.ts");
  return Object.fromEntries(
    groups.flatMap((group) => {
      const [account = "", region = ""] = group.split("/");
      const target = targetId({ cloud: "aws", account, region });
      const aws = places[target]?.provider;
      if (aws === undefined) return [];
      const { profileId } = new AwsDnsProfile(`dns-${target}`, common, { providers: { aws } });
      return [[target, profileId]];
    }),
  );
}
