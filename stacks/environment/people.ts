/** The doors that people come in by, which cells hang what is behind them onto. */

import type { AwsPeopleDoor as Door } from "../../components/people-access/aws-door.ts";
import { awsDoorSpecOf, gcpDoorSpecOf } from "../../components/people-access/specs.ts";
import type { People } from "../../footprint/model.ts";
import { landingId, landingOf } from "../../footprint/specs/cell-target.ts";
import { stackSecret } from "../config.ts";
import type { DoorsOutputs } from "../outputs/access.ts";
import type { Pending } from "../outputs/pending.ts";
import type { EnvironmentInputs, Places } from "./inputs.ts";

export async function environmentPeople(
  inputs: EnvironmentInputs,
  people: People,
  places: Places,
): Promise<Pending<DoorsOutputs>> {
  const reached = inputs.cells.filter(({ name }) => people.reached[name]);
  const landings = (cloud: "aws" | "gcp") =>
    new Set(
      reached.filter((cell) => cell.cloud === cloud).map((cell) => landingId(landingOf(cell))),
    );
  await makeLevels(inputs, people, places, [...landings("gcp")]);
  const made = await makeDoors(inputs, people, places, [...landings("aws")]);
  const each = <T>(of: (door: Door) => T) =>
    Object.fromEntries(made.map(([landing, door]) => [landing, of(door)]));
  return {
    doors: each(({ instanceId }) => instanceId),
    nameServers: each(({ nameServers }) => nameServers),
  };
}

async function makeDoors(
  { common }: EnvironmentInputs,
  { settings }: People,
  places: Places,
  landings: readonly string[],
): Promise<[string, Door][]> {
  const { users } = settings.aws ?? {};
  if (users === undefined || landings.length === 0) return [];
  const { AwsPeopleDoor } = await import("../../components/people-access/aws-door.ts");
  const secret = users.type === "oidc" ? stackSecret(users.clientSecret.configKey) : undefined;
  return landings.flatMap((landing): [string, Door][] => {
    const place = places[landing];
    const spec = awsDoorSpecOf(settings, landing);
    if (place === undefined || spec === undefined) return [];
    const { provider, logsKey: logsKeyArn, secretsKey: keyArn } = place;
    const door = new AwsPeopleDoor(
      `people-${landing}`,
      { ...common, spec, keyArn, logsKeyArn, clientSecret: secret },
      { providers: { aws: provider } },
    );
    return [[landing, door]];
  });
}

/** Access levels belong to the organisation: any project of the environment may ask for them. */
async function makeLevels(
  { common, environment }: EnvironmentInputs,
  { settings }: People,
  places: Places,
  landings: readonly string[],
): Promise<void> {
  const spec = gcpDoorSpecOf(settings, environment.name);
  const gcp = places[landings[0] ?? ""]?.provider;
  if (spec === undefined || gcp === undefined) return;
  const { GcpPeopleDoor } = await import("../../components/people-access/gcp-door.ts");
  new GcpPeopleDoor("people-gcp", { ...common, spec }, { providers: { gcp } });
}
