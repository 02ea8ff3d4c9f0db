/** The access endpoints of an environment, to which cells attach their targets. */
import type { Input } from "@pulumi/pulumi";
import { keys } from "../keys/environment-section.ts";
import { targetId } from "../provider/target.ts";
import type { EnvironmentBuild } from "../section/environment.ts";
import type { AwsPeopleDoor } from "./aws-access-endpoint.ts";
import type { People } from "./plan.ts";
import { awsAccessEndpointSpecOf, gcpAccessLevelsSpecOf } from "./specs.ts";

export async function build(
  people: People,
  environment: EnvironmentBuild,
): Promise<{
  readonly doors: Readonly<Record<string, Input<string>>>;
  readonly nameServers: Readonly<Record<string, Input<string[]>>>;
}> {
  const reached = environment.cells.filter(({ name }) => people.reached[name]);
  const targets = (cloud: "aws" | "gcp") => [
    ...new Set(reached.filter((cell) => cell.cloud === cloud).map((cell) => targetId(cell))),
  ];
  await createAccessLevels(people, environment, targets("gcp"));
  const made = await makeAccessEndpoints(people, environment, targets("aws"));
  const each = <T>(of: (endpoint: AwsPeopleDoor) => T) =>
    Object.fromEntries(made.map(([target, endpoint]) => [target, of(endpoint)]));
  return {
    doors: each(({ instanceId }) => instanceId),
    nameServers: each(({ nameServers }) => nameServers),
  };
}

async function makeAccessEndpoints(
  { settings }: People,
  { common, places, secret, built }: EnvironmentBuild,
  targets: readonly string[],
): Promise<[string, AwsPeopleDoor][]> {
  const { users } = settings.aws ?? {};
  if (users === undefined || targets.length === 0) return [];
  const { AwsPeopleDoor: Endpoint } = await import("./aws-access-endpoint.ts");
  const clientSecret = users.type === "oidc" ? secret(users.clientSecret.configKey) : undefined;
  return targets.flatMap((target): [string, AwsPeopleDoor][] => {
    const place = places[target];
    const spec = awsAccessEndpointSpecOf(settings, target);
    const { logs: logsKeyArn, secrets: keyArn } = built(keys)?.rings[target] ?? {};
    if (!place || !spec || logsKeyArn === undefined || keyArn === undefined) return [];
    const endpoint = new Endpoint(
      `people-${target}`,
      { ...common, spec, keyArn, logsKeyArn, clientSecret },
      place.opts,
    );
    return [[target, endpoint]];
  });
}

/** Access levels belong to the organisation, so any project of the environment can create them. */
async function createAccessLevels(
  { settings }: People,
  { name, common, places }: EnvironmentBuild,
  targets: readonly string[],
): Promise<void> {
  const spec = gcpAccessLevelsSpecOf(settings, name);
  const place = places[targets[0] ?? ""];
  if (spec === undefined || place === undefined) return;
  const { GcpPeopleDoor } = await import("./gcp-access-levels.ts");
  new GcpPeopleDoor("people-gcp", { ...common, spec }, place.opts);
}
