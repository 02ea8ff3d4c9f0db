/** The databases of a tenant: what a tier and a tenant say about them. Plain data; defaults live only here. */
import { z } from "zod";
import { accountText, projectText, regionText } from "../core/cloud.ts";
import { durationText, sizeText } from "../core/units.ts";
import { sizes } from "../database/capacity.ts";
import { isolations } from "../tenancy/isolation.ts";
import { trustedExtensions } from "./function/declaration.mjs";
import { accesses } from "./names.ts";

const extension = z.enum(trustedExtensions, {
  error: `must be a trusted extension: ${trustedExtensions.join(", ")}`,
});

const connections = z.int().min(1).max(5000);

/** What a tier gives the databases of a tenant. */
export const databaseTier = z.strictObject({
  /**
   * Isolation "pool": a `database` of its own in the cell's PostgreSQL, or a `schema` in a database that tenants share.
   * @default "database"
   */
  mode: z.enum(["database", "schema"]).default("database"),
  /** Connections to each database at once. @default 20 */
  connections: connections.default(20),
  /** Databases. @default 2 */
  most: z.int().min(1).max(20).default(2),
  /**
   * The size of each database that alerts are for. PostgreSQL itself has no such limit.
   * @default "10 GiB"
   */
  storage: sizeText({ max: "64 TiB" }).default("10 GiB"),
  /** After which sessions are ended; a session can set other values for itself. */
  timeouts: z
    .strictObject({
      /** A statement. @default "1 minute" */
      statement: durationText({ max: "1 day" }).default("1 minute"),
      /** A transaction in which nothing happens. @default "1 minute" */
      idleInTransaction: durationText({ max: "1 day" }).default("1 minute"),
      /** A session in which nothing happens. Connection pools must expect it. @default never */
      idle: durationText({ max: "1 day" }).optional(),
    })
    .prefault({}),
  /** Extensions that its tenants may ask for. @default citext, pg_trgm, pgcrypto, unaccent and uuid-ossp */
  extensions: z
    .array(extension)
    .default(["citext", "pg_trgm", "pgcrypto", "unaccent", "uuid-ossp"]),
  /** Isolation "silo": the tenant's own cluster. Its other settings are those of the cell's database. */
  cluster: z
    .strictObject({
      /** @default "small" */
      size: z.enum(sizes).default("small"),
      /** Days that its backups are kept. @default 35 */
      backupDays: z.int().min(7).max(35).default(35),
    })
    .prefault({}),
});

/** No underscore: it separates the parts of names. */
const databaseKey = z.string().regex(/^[a-z][a-z0-9]{0,13}$/, {
  error: "must be 1 to 14 lower case letters and digits, starting with a letter",
});

const userKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,18}[a-z0-9]$/, {
    error:
      "must be 2 to 20 lower case letters, digits and underscores, starting with a letter and ending with a letter or digit",
  })
  .refine((key) => !["owner", "writer", "reader"].includes(key), {
    error: "must not be owner, writer or reader: these are groups",
  });

const user = z.strictObject({
  /** The service that signs in as it: `web/storefront`. */
  service: z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/, {
    error: 'must be a service of a namespace: "web/storefront"',
  }),
  /** `own` creates and changes tables, for migrations; `write` changes rows; `read` reads them. @default "write" */
  may: z.enum(accesses).default("write"),
  /** Its connections at once. @default those of the tier */
  connections: connections.optional(),
});

const oneDatabase = z.strictObject({
  /** Extensions, of those that the tier allows. @default [] */
  extensions: z.array(extension).default([]),
  /** Who signs in, by the user's name. @default nobody */
  users: z.record(userKey, user).default({}),
});

/** What a tenant says about its databases. */
export const databaseSettings = z.strictObject({
  /** By name. @default one database, `app`, without users */
  databases: z
    .record(databaseKey, oneDatabase.prefault({}))
    .refine((all) => Object.keys(all).length > 0, { error: "must not be empty" })
    .default({ app: { extensions: [], users: {} } }),
  /**
   * Of a silo on Google Cloud or on-premises. Google reserves the name of a deleted instance for a week, and CloudNativePG refuses to
   * write to an archive with backups: increase this number to have a cluster again after one was deleted.
   * @default 1
   */
  generation: z.int().min(1).max(999).default(1),
});

const declaration = z.strictObject({
  mode: z.enum(["database", "schema"]),
  name: z.string(),
  connections,
  timeouts: z.strictObject({
    statement: z.int(),
    idleInTransaction: z.int(),
    idle: z.int(),
  }),
  extensions: z.array(extension),
  users: z.array(z.strictObject({ name: z.string(), may: z.enum(accesses), connections })),
});

const planned = {
  tenant: z.string(),
  isolation: z.enum(isolations),
  storage: sizeText(),
  /** Its databases, from which all statements and objects are written. */
  databases: z.record(z.string(), declaration),
  /** The services that sign in, by database and user. */
  services: z.record(z.string(), z.record(z.string(), z.string())),
};

/** Settings of its own cluster, in the form of the cell's. Checked where the cluster is created. @default none */
const cluster = z.record(z.string(), z.unknown()).optional();

export const awsTenantDatabaseSpec = z.strictObject({
  ...planned,
  cloud: z.literal("aws"),
  account: accountText,
  region: regionText("aws"),
  cluster,
});

export const gcpTenantDatabaseSpec = z.strictObject({
  ...planned,
  cloud: z.literal("gcp"),
  project: projectText,
  region: regionText("gcp"),
  cluster,
});

export const onpremTenantDatabaseSpec = z.strictObject({
  ...planned,
  cloud: z.literal("onprem"),
  /** The namespace of the PostgreSQL cluster. */
  namespace: z.string(),
  /** The image of the job that sets rights. */
  image: z.string(),
  /** The tenant's namespaces that connect. */
  clients: z.array(z.string()),
  suspended: z.boolean(),
  cluster,
});

export type DatabaseTier = z.output<typeof databaseTier>;
export type DatabaseSettings = z.output<typeof databaseSettings>;
export type AwsTenantDatabaseSpec = z.output<typeof awsTenantDatabaseSpec>;
export type GcpTenantDatabaseSpec = z.output<typeof gcpTenantDatabaseSpec>;
export type OnpremTenantDatabaseSpec = z.output<typeof onpremTenantDatabaseSpec>;
export type TenantDatabaseSpec =
  | AwsTenantDatabaseSpec
  | GcpTenantDatabaseSpec
  | OnpremTenantDatabaseSpec;
