/** The plan of a tenant's databases, from its tier, its manifest and its cell. Pure. */
import { seconds } from "../core/units.ts";
import type { Given, TenantContext } from "../section/tenant-section.ts";
import type { Declaration } from "./function/declaration.mjs";
import { databaseName, userName } from "./names.ts";
import type { DatabaseSettings, DatabaseTier, databaseSettings, databaseTier } from "./schema.ts";

export type GivenDatabase = Given<{
  readonly tier: typeof databaseTier;
  readonly settings: typeof databaseSettings;
}>;

/** The fields of the spec that are the same on every cloud. */
export function plannedDatabases(
  { isolation, tier, settings }: GivenDatabase,
  { id }: TenantContext,
) {
  const entries = Object.entries(settings.databases);
  return {
    tenant: id,
    isolation,
    storage: tier.storage,
    databases: Object.fromEntries(
      entries.map(([key, database]) => [
        key,
        declarationOf(id, key, database, tier, isolation === "pool" ? tier.mode : "database"),
      ]),
    ),
    services: Object.fromEntries(
      entries.map(([key, { users }]) => [
        key,
        Object.fromEntries(
          Object.entries(users).map(([user, { service }]) => [userName(id, key, user), service]),
        ),
      ]),
    ),
  };
}

function declarationOf(
  tenant: string,
  key: string,
  { extensions, users }: DatabaseSettings["databases"][string],
  { connections, timeouts }: DatabaseTier,
  mode: Declaration["mode"],
): Declaration {
  const milliseconds = (of: keyof DatabaseTier["timeouts"]) => {
    const { [of]: duration } = timeouts;
    return duration === undefined ? 0 : 1000 * seconds(duration);
  };
  return {
    mode,
    name: databaseName(tenant, key),
    connections,
    timeouts: {
      statement: milliseconds("statement"),
      idleInTransaction: milliseconds("idleInTransaction"),
      idle: milliseconds("idle"),
    },
    extensions,
    users: Object.entries(users).map(([user, { may, connections: own }]) => ({
      name: userName(tenant, key, user),
      may,
      connections: own ?? connections,
    })),
  };
}

/** The settings of a tenant's own cluster: those of the cell's database, with what the tier says, and without what is the cell's alone. */
export function ownCluster<Spec extends object>(
  spec: Spec,
  { isolation, tier: { cluster } }: GivenDatabase,
): Record<string, unknown> | undefined {
  if (isolation !== "silo") return undefined;
  const kept = Object.fromEntries(
    Object.entries(spec).filter(([field]) => !ofTheCell.includes(field)),
  );
  return {
    ...kept,
    size: cluster.size,
    backups: { retentionDays: cluster.backupDays },
    tenants: true,
  };
}

/** What the cell's database has for its own clients and copies. */
const ofTheCell: readonly string[] = [
  "connections",
  "databaseName",
  "generation",
  "logicalReplication",
  "logicalSlot",
  "masterPassword",
  "objectives",
  "otherConnections",
  "replicateTo",
  "upgrade",
];
