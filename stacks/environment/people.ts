/** The access endpoints of an environment, to which cells attach their targets. */

import type { AwsPeopleDoor } from "../../components/people-access/aws-access-endpoint.ts";
import {
  awsAccessEndpointSpecOf,
  gcpAccessLevelsSpecOf,
} from "../../components/people-access/specs.ts";
import type { People } from "../../footprint/model.ts";
import { targetId, targetOf } from "../../footprint/specs/cell-target.ts";
import { stackSecret } from "../config.ts";
import type { AccessEndpointsOutputs } from "../outputs/access.ts";
import type { Pending } from "../outputs/pending.ts";
import type { EnvironmentInputs, Places } from "./inputs.ts";

export async function environmentPeople(
  inputs: EnvironmentInputs,
  people: People,
  places: Places,
): Promise<Pending<AccessEndpointsOutputs>> {
  const reached = inputs.cells.filter(({ name }) => people.reached[name]);
  const targets = (cloud: "aws" | "gcp") =>
    new Set(reached.filter((cell) => cell.cloud === cloud).map((cell) => targetId(targetOf(cell))));
  await createAccessLevels(inputs, people, places, [...targets("gcp")]);
  const made = await makeAccessEndpoints(inputs, people, places, [...targets("aws")]);
  const each = <T>(of: (endpoint: AwsPeopleDoor) => T) =>
    Object.fromEntries(made.map(([target, endpoint]) => [target, of(endpoint)]));
  return {
    doors: each(({ instanceId }) => instanceId),
    nameServers: each(({ nameServers }) => nameServers),
  };
}

async function makeAccessEndpoints(
  { common }: EnvironmentInputs,
  { settings }: People,
  places: Places,
  targets: readonly string[],
): Promise<[string, AwsPeopleDoor][]> {
  const { users } = settings.aws ?? {};
  if (users === undefined || targets.length === 0) return [];
  const { AwsPeopleDoor: Endpoint } = await import(
    "../../components/people-access/aws-access-endpoint.ts"
  );
  const secret = users.type === "oidc" ? stackSecret(users.clientSecret.configKey) : undefined;
  return targets.flatMap((target): [string, AwsPeopleDoor][] => {
    const place = places[target];
    const spec = awsAccessEndpointSpecOf(settings, target);
    if (place === undefined || spec === undefined) return [];
    const { provider, logsKey: logsKeyArn, secretsKey: keyArn } = place;
    const endpoint = new Endpoint(
      `people-${target}`,
      { ...common, spec, keyArn, logsKeyArn, clientSecret: secret },
      { providers: { aws: provider } },
    );
    return [[target, endpoint]];
  });
}

/** Access levels belong to the organisation, so any project of the environment can create them. */
async function createAccessLevels(
  { common, environment }: EnvironmentInputs,
  { settings }: People,
  places: Places,
  targets: readonly string[],
): Promise<void> {
  const spec = gcpAccessLevelsSpecOf(settings, environment.name);
  const gcp = places[targets[0] ?? ""]?.provider;
  if (spec === undefined || gcp === undefined) return;
  const { GcpPeopleDoor } = await import("../../components/people-access/gcp-access-levels.ts");
  new GcpPeopleDoor("people-gcp", { ...common, spec }, { providers: { gcp } });
}
