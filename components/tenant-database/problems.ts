/** What a tenant cannot say about its databases, by its tier, its namespaces and its cloud. Pure. */
import type { Cloud } from "../core/cloud.ts";
import type { Problem } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import type { TenantContext } from "../section/tenant-section.ts";
import { namespaces } from "../tenant-namespaces/section.ts";
import type { GivenDatabase } from "./plan.ts";

/** Why a schema in a shared database is not possible. */
const withoutSchemas: Readonly<Partial<Record<Cloud, string>>> = {
  gcp: 'must be "database" in the tier: Cloud SQL lets nobody fix the search path of a user that signs in with IAM',
  onprem:
    'must be "database" in the tier: CloudNativePG has no setting for the search path of a role',
};

export function databaseProblems(
  cloud: Cloud,
  { isolation, tier, settings }: GivenDatabase,
  tenant: TenantContext,
): Problem[] {
  const entries = Object.entries(settings.databases);
  const services = servicesOf(tenant);
  const schema = isolation === "pool" && tier.mode === "schema";
  const problems: Problem[] = [];
  const { [cloud]: noSchema } = withoutSchemas;
  if (schema && noSchema !== undefined) {
    problems.push({ path: "mode", message: noSchema, got: tier.mode });
  }
  if (entries.length > tier.most) {
    problems.push({
      path: "databases",
      message: `must be at most ${tier.most}, the limit of the tier`,
      got: entries.length,
    });
  }
  for (const [key, { extensions, users }] of entries) {
    const path = `databases.${key}`;
    if (schema && extensions.length > 0) {
      problems.push({
        path: `${path}.extensions`,
        message: "must be omitted: the tier gives a schema, and extensions belong to databases",
        got: extensions,
      });
    }
    for (const got of extensions.filter((name) => !tier.extensions.includes(name))) {
      const list = tier.extensions.join(", ") || "it allows none";
      problems.push({
        path: `${path}.extensions`,
        message: `must be extensions that the tier allows: ${list}`,
        got,
      });
    }
    for (const [user, { service, connections }] of Object.entries(users)) {
      const at = `${path}.users.${user}`;
      if (connections !== undefined && connections > tier.connections) {
        problems.push({
          path: `${at}.connections`,
          message: `must be at most ${tier.connections}, the limit of the tier`,
          got: connections,
        });
      }
      if (!services.includes(service)) {
        const hint = services.length === 0 ? ", which have none" : didYouMean(service, services);
        problems.push({
          path: `${at}.service`,
          message: `must be a service of the tenant's namespaces${hint}`,
          got: service,
        });
      }
    }
    problems.push(...(cloud === "gcp" ? servedTwice(path, users) : []));
  }
  return problems;
}

type Users = GivenDatabase["settings"]["databases"][string]["users"];

/** On Google Cloud the user is the service account, so that a service is one user of an instance. */
function servedTwice(path: string, users: Users): Problem[] {
  const first = new Map<string, string>();
  return Object.entries(users).flatMap(([user, { service }]) => {
    const before = first.get(service);
    if (before === undefined) {
      first.set(service, user);
      return [];
    }
    return [
      {
        path: `${path}.users.${user}.service`,
        message: `must be another service than that of ${before}: on Google Cloud a service signs in as its service account, which is one user`,
        got: service,
      },
    ];
  });
}

function servicesOf(tenant: TenantContext): string[] {
  const { spaces = {} } = tenant.settings(namespaces) ?? {};
  return Object.entries(spaces).flatMap(([space, { services }]) =>
    Object.keys(services).map((service) => `${space}/${service}`),
  );
}

/** The namespace of a tenant's own cluster must not be one of its workloads'. */
export function namespaceProblems(space: string, tenant: TenantContext): Problem[] {
  const { spaces = {} } = tenant.settings(namespaces) ?? {};
  if (!Object.hasOwn(spaces, space)) return [];
  return [
    {
      path: "databases",
      message: `must be omitted, or namespaces.spaces must not have ${space}: it is the namespace of the tenant's own PostgreSQL`,
    },
  ];
}
