/** From the plan to what the components are told. */
import { accessLevel, type Group, type Reached } from "./plan.ts";
import type {
  AwsDoorInput,
  AwsPeopleInput,
  GcpDoorInput,
  GcpPeopleInput,
  PeopleSettings,
} from "./schema.ts";

/**
 * The spec of the door of an AWS account and region; undefined where nobody vouches for people.
 *
 * @param landing the account's and the region's name, `aws-<account>-<region>`: each door has a domain of its own
 */
export function awsDoorSpecOf({ aws }: PeopleSettings, landing: string): AwsDoorInput | undefined {
  if (aws === undefined) return undefined;
  const { clientDomain, ...rest } = aws;
  return { ...rest, ...(clientDomain && { clientDomain: `${landing}.${clientDomain}` }) };
}

/** The spec of Google's access levels; undefined without an access policy. */
export function gcpDoorSpecOf(
  { google, groups }: PeopleSettings,
  environment: string,
): GcpDoorInput | undefined {
  if (google === undefined) return undefined;
  const { accessPolicy, organization } = google;
  return {
    accessPolicy,
    organization,
    groups: mapped(groups, ({ device, googleId, reaches }, key) => ({
      level: accessLevel(accessPolicy, environment, key),
      device,
      // Bound are those that call Google's own APIs: it concerns all that they do there.
      googleId: reaches.includes("cluster-api") ? googleId : undefined,
    })),
  };
}

export function awsPeopleSpecOf(
  { aws }: PeopleSettings,
  reached: Reached,
  cell: { readonly cidr: string; readonly dashboards: AwsPeopleInput["dashboards"] },
): AwsPeopleInput | undefined {
  if (aws === undefined) return undefined;
  const who = (groups: Readonly<Record<string, Group>>) =>
    mapped(groups, ({ who: address, identityCenterId }) => ({ who: address, identityCenterId }));
  return {
    cloud: "aws",
    ...cell,
    users: aws.users.type,
    devices: aws.devices,
    clusterApi: who(reached["cluster-api"]),
    database: who(reached.database),
    dashboardsFor: who(reached.dashboards),
  };
}

export function gcpPeopleSpecOf(
  { google }: PeopleSettings,
  reached: Reached,
  environment: string,
  cell: {
    readonly project: string;
    readonly region: string;
    readonly dashboards: GcpPeopleInput["dashboards"];
  },
): GcpPeopleInput | undefined {
  if (google === undefined) return undefined;
  const { accessPolicy } = google;
  const who = (groups: Readonly<Record<string, Group>>) =>
    mapped(groups, (group, key) => ({
      who: group.who,
      level: accessLevel(accessPolicy, environment, key),
    }));
  return {
    cloud: "gcp",
    ...cell,
    clusterApi: who(reached["cluster-api"]),
    database: who(reached.database),
    dashboardsFor: who(reached.dashboards),
  };
}

function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  by: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, by(value, key)]));
}
