/** The private DNS resources of an environment, deployed before its cells: AWS profiles and the Google Cloud hub. */
import type { Input } from "@pulumi/pulumi";
import { connectivity } from "../connectivity/environment-section.ts";
import { googleHubKey } from "../connectivity/hubs.ts";
import { targetId } from "../provider/target.ts";
import type { EnvironmentBuild } from "../section/environment.ts";
import type { Names } from "./plan.ts";
import { googleHubSpecOf } from "./specs.ts";

export async function build(
  names: Names,
  environment: EnvironmentBuild,
): Promise<{
  readonly domain: string;
  readonly profiles: Readonly<Record<string, Input<string>>>;
  readonly googleHub?: Input<string>;
}> {
  const { domain } = names.settings;
  const profiles = await makeProfiles(names, environment);
  const hubs = environment.planned(connectivity)?.plan.hubs;
  const planned = hubs?.find((hub) => hub.cloud === "gcp");
  const made = environment.built(connectivity)?.hubs[googleHubKey];
  const spec = planned?.cloud === "gcp" ? googleHubSpecOf(names.plan, planned) : undefined;
  if (planned?.cloud !== "gcp" || made?.cloud !== "gcp" || !spec) return { domain, profiles };

  const { GoogleDnsHub } = await import("./google-hub.ts");
  const { gcpProvider } = await import("../provider/gcp.ts");
  const gcp =
    environment.places[targetId(planned)]?.provider ??
    gcpProvider("dns-hub", planned, environment.credentials);
  const args = { ...environment.common, spec, networkId: made.networkId };
  new GoogleDnsHub("dns-hub", args, { providers: { gcp } });
  return { domain, profiles, googleHub: made.networkId };
}

/** One profile for each target with several cells, by target id. */
async function makeProfiles(
  { plan }: Names,
  { common, places }: EnvironmentBuild,
): Promise<Record<string, Input<string>>> {
  const groups = Object.keys(plan.profiles);
  if (groups.length === 0) return {};
  const { AwsDnsProfile } = await import("./aws-profile.ts");
  return Object.fromEntries(
    groups.flatMap((group) => {
      const [account = "", region = ""] = group.split("/");
      const target = targetId({ cloud: "aws", account, region });
      const place = places[target];
      if (place === undefined) return [];
      return [[target, new AwsDnsProfile(`dns-${target}`, common, place.opts).profileId]];
    }),
  );
}
