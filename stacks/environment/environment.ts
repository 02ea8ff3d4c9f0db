/** An environment: the resources that its cells share. Keys, audit trails, budgets, deployers, hubs, and the registry of CIDR blocks. */

import type { StackRun } from "../../components/core/component.ts";
import { addressRegistry } from "../../footprint/across/addresses.ts";
import type { Footprint } from "../../footprint/model.ts";
import type { EnvironmentOutputs } from "../outputs/environment.ts";
import type { Pending } from "../outputs/pending.ts";
import { environmentOwnership } from "../ownership.ts";
import type { EnvironmentInputs } from "./inputs.ts";

/** Loads only the SDKs of the cells' clouds, because SDKs take most of a program's load time. */
export async function environmentStack(
  { environment, cells, connectivity, names, people }: Footprint,
  run: StackRun,
): Promise<Pending<EnvironmentOutputs>> {
  const { specs } = environment;
  const common = { ownership: environmentOwnership(environment), ...run };
  const inputs: EnvironmentInputs = { environment, cells, common };
  const aws = hasAny(specs.targets.accounts)
    ? await (await import("./aws.ts")).awsEnvironment(inputs)
    : undefined;
  const gcp = hasAny(specs.targets.projects)
    ? await (await import("./gcp.ts")).gcpEnvironment(inputs)
    : undefined;
  const places = { ...aws?.places, ...gcp?.places };
  const hubs = connectivity
    ? await (await import("./hubs.ts")).environmentHubs(inputs, connectivity, places)
    : undefined;
  const dns = names
    ? await (await import("./names.ts")).environmentNames(
        inputs,
        names,
        places,
        connectivity && hubs && { plan: connectivity.plan, made: hubs },
      )
    : undefined;
  const accessEndpoints = people
    ? await (await import("./people.ts")).environmentPeople(inputs, people, places)
    : undefined;
  const sites = specs.audit.onprem
    ? (await import("./onprem.ts")).siteAudit(inputs, specs.audit.onprem)
    : undefined;
  return {
    environment: environment.name,
    target: environment.target,
    lifetime: environment.lifetime,
    addresses: addressRegistry(environment, cells),
    keys: { ...aws?.keys, ...gcp?.keys },
    audit: {
      accounts: aws?.audit ?? {},
      projects: gcp?.audit ?? {},
      ...(sites && { sites }),
    },
    ...(hubs && { connectivity: hubs }),
    ...(dns && { dns }),
    ...(accessEndpoints && { people: accessEndpoints }),
    deployers: { accounts: aws?.deployers ?? {}, projects: gcp?.deployers ?? {} },
  };
}

function hasAny(places: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(places).length > 0;
}
