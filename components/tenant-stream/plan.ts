/** From what a tier and a tenant say about the stream to the specs of its components. Pure. */
import type { Problem } from "../core/errors.ts";
import { identity } from "../identity/section.ts";
import { secrets } from "../secrets/section.ts";
import { awsPlace, gcpNumberedPlace, zonesOf } from "../section/cell.ts";
import type { Given, TenantContext } from "../section/tenant-section.ts";
import { mostZones } from "../stream/aws-schema.ts";
import { awsStreamSpec, gcpStreamSpec, onpremStreamSpec } from "../stream/schema.ts";
import { stream } from "../stream/section.ts";
import { namespaces, spacesOf } from "../tenant-namespaces/section.ts";
import { serviceProblems } from "../tenant-namespaces/services.ts";
import { accountOf } from "./gcp-access.ts";
import { enforcedQuota, quotaProblems, streamProblems, tierProblems } from "./limits.ts";
import { meetingNames } from "./meeting-names.ts";
import { type PhysicalStream, physicalStream, prefixOf } from "./names.ts";
import type { StreamSettings, streamSettings, streamTier } from "./schema.ts";

export type GivenStream = Given<{
  readonly tier: typeof streamTier;
  readonly settings: typeof streamSettings;
}>;

/** The schema of a cell's stream, which also checks a tenant's topics and clients. */
const cellSchemas = { aws: awsStreamSpec, gcp: gcpStreamSpec, onprem: onpremStreamSpec };

/** The spec of a component. */
export function streamPlan(given: GivenStream, tenant: TenantContext): Record<string, unknown> {
  const { isolation, settings } = given;
  const { cell, id, environment } = tenant;
  const common = { tenant: id, cloud: cell.cloud, ...physicalOf(given, tenant) };
  const brokers =
    isolation === "silo" ? { brokers: ownStream(given, tenant, { topics: {}, clients: {} }) } : {};
  const ofClients = <T>(of: (client: StreamSettings["clients"][string]) => T) =>
    Object.fromEntries(Object.entries(settings.clients).map(([key, client]) => [key, of(client)]));
  const services = ofClients((client) => client.services);
  switch (cell.cloud) {
    case "aws":
      return { ...common, services, ...brokers };
    case "gcp": {
      const place = { environment, cell: cell.name, tenant: id };
      const { project, region } = cell;
      const accounts = ofClients((client) =>
        client.services.map((service) => accountOf(place, project, service)),
      );
      return { ...common, project, region, services, accounts, ...brokers };
    }
    case "onprem":
      return {
        ...common,
        authentication: tenant.cellSpec(stream, "onprem")?.authentication ?? "certificate",
        namespaces: spacesOf(tenant),
        suspended: tenant.suspended,
      };
  }
}

/** Problems of what a tenant says. */
export function streamCheck(given: GivenStream, tenant: TenantContext): Problem[] {
  const { isolation, tier, settings } = given;
  const { cloud } = tenant.cell;
  const shared = isolation !== "silo";
  const physical = physicalOf(given, tenant);
  const ofCell = tenant.cellSpec(stream, cloud);
  const planned = shared
    ? { ...ofCell, ...physical, replicateTo: undefined }
    : ownStream(given, tenant, physical);
  return [
    ...tierProblems(settings, tier),
    ...quotaProblems(cloud, isolation, tier),
    ...streamProblems(cellSchemas[cloud], planned, prefixOf(tenant.id)),
    ...(shared && ofCell !== undefined
      ? meetingNames(tenant.id, ofCell, workloadGroups(tenant))
      : []),
    ...serviceProblems(
      Object.fromEntries(
        Object.entries(settings.clients).map(([key, { services }]) => [
          `clients.${key}.services`,
          services,
        ]),
      ),
      tenant.settings(namespaces),
    ),
    ...(cloud === "onprem" && tenant.cellSpec(secrets, "onprem") === undefined
      ? [
          {
            path: "clients",
            message: `must be on a cell with the section secrets: External Secrets delivers the clients' credentials to the tenant's namespaces`,
          },
        ]
      : []),
  ];
}

function physicalOf({ isolation, tier, settings }: GivenStream, tenant: TenantContext) {
  const quota = enforcedQuota(tenant.cell.cloud, isolation, tier);
  return physicalStream(tenant.id, settings, quota);
}

/** The spec of a stream of the tenant's own, with the facts of the cell. */
function ownStream(
  { tier }: GivenStream,
  { cell, cellSpec }: TenantContext,
  physical: PhysicalStream,
): Record<string, unknown> | undefined {
  switch (cell.cloud) {
    case "aws":
      return {
        ...awsPlace(cell),
        zones: zonesOf(cell).slice(0, mostZones),
        ...tier.silo.aws,
        ...physical,
      };
    case "gcp":
      return {
        ...gcpNumberedPlace(cell),
        ...tier.silo.gcp,
        administrators: cellSpec(stream, "gcp")?.administrators ?? [],
        ...physical,
      };
    case "onprem":
      return undefined;
  }
}

/** The consumer groups of the cell's own workloads, which have access by IAM. */
function workloadGroups({ cellSpec }: TenantContext): string[] {
  return Object.entries(cellSpec(identity, "aws")?.workloads ?? {}).flatMap(
    ([key, { grants = [] }]) =>
      grants.flatMap((grant) => (grant.kind === "topic" ? [grant.group ?? key] : [])),
  );
}

/** Why an on-premises cell has no streams of tenants' own. */
export const onpremWithout = {
  silo: "the operator of a cell's stream runs one Kafka cluster; use \"bridge\", or a cell of the tenant's own with `tenancy.only`",
};
