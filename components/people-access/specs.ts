/** Turns the plan into the specs of the components. */
import { accessLevel, type Group, type Reached } from "./plan.ts";
import type {
  AwsAccessEndpointInput,
  AwsPeopleInput,
  GcpAccessLevelsInput,
  GcpPeopleInput,
  PeopleSettings,
} from "./schema.ts";

/**
 * The spec of the access endpoint of an AWS account and region. Undefined without `people.aws`.
 *
 * @param target the id of the account and region, `aws-<account>-<region>`: each access endpoint has its own client domain
 */
export function awsAccessEndpointSpecOf(
  { aws }: PeopleSettings,
  target: string,
): AwsAccessEndpointInput | undefined {
  if (aws === undefined) return undefined;
  const { clientDomain, ...rest } = aws;
  return { ...rest, ...(clientDomain && { clientDomain: `${target}.${clientDomain}` }) };
}

/** The spec of the access levels. Undefined without `people.google`. */
export function gcpAccessLevelsSpecOf(
  { google, groups }: PeopleSettings,
  environment: string,
): GcpAccessLevelsInput | undefined {
  if (google === undefined) return undefined;
  const { accessPolicy, organization, bindings } = google;
  return {
    accessPolicy,
    organization,
    groups: mapped(groups, ({ device, googleId, reaches }, key) => ({
      level: accessLevel(accessPolicy, environment, key),
      device,
      // Only groups that reach cluster APIs are bound: a binding applies to all calls of a group to Google APIs.
      googleId: reaches.includes("cluster-api") && bindings === "create" ? googleId : undefined,
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
