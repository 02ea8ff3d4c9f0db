import type * as pulumi from "@pulumi/pulumi";
import type { Access } from "./names.ts";

/** A user of a tenant's database. */
export interface TenantDatabaseUser {
  /** In PostgreSQL. Undefined on Google Cloud: there it is the email of the service account, without `.gserviceaccount.com`. */
  readonly name?: string;
  /** The service that signs in as it: `web/storefront`. */
  readonly service: string;
  readonly may: Access;
  /** The role to act as before tables are created, with `SET ROLE`. @default none, or set by the database */
  readonly role?: string;
  readonly signIn: "aws-iam" | "google-iam" | "certificate";
  /** The secret with `tls.crt` and `tls.key`. @default none */
  readonly secret?: string;
}

/** How a tenant's database is reached. */
export interface TenantDatabaseAccess {
  readonly host: pulumi.Input<string>;
  readonly port: number;
  readonly database: string;
  /** Its schema, where it shares the database. @default none */
  readonly schema?: string;
  readonly connectionName?: pulumi.Input<string>;
  readonly namespace?: string;
  readonly storage: string;
  readonly users: Readonly<Record<string, TenantDatabaseUser>>;
}

/** The databases of a tenant on every cloud. */
export interface TenantDatabases {
  readonly databases: Readonly<Record<string, TenantDatabaseAccess>>;
}
