import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import { AwsDatabase, type AwsDatabaseArgs } from "./aws.ts";
import { GcpDatabase, type GcpDatabaseArgs } from "./gcp.ts";
import { OnpremDatabase, type OnpremDatabaseArgs } from "./onprem.ts";
import type { Recovery } from "./recovery.ts";
import type { PostgresMajor } from "./versions.ts";

/** What every PostgreSQL database gives, whoever runs it. */
export interface DatabaseContract {
  readonly cloud: Cloud;
  /** The major that is wanted. */
  readonly version: PostgresMajor;
  /** Name of the first database. */
  readonly databaseName: string;
  /** Host that takes writes; a pool where there is one. */
  readonly endpoint: pulumi.Output<string>;
  /** Host that serves reads only; undefined where there is no replica. */
  readonly readerEndpoint: pulumi.Output<string> | undefined;
  readonly port: number;
  /** Connections that the primary takes. */
  readonly maxConnections: number;
  readonly recovery: Recovery;
}

export type Database = AwsDatabase | GcpDatabase | OnpremDatabase;

type AwsArgs = { readonly cloud: "aws" } & AwsDatabaseArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpDatabaseArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremDatabaseArgs;

export type DatabaseArgs = AwsArgs | GcpArgs | OnpremArgs;

type Options = pulumi.ComponentResourceOptions;

/**
 * A PostgreSQL database of a cell.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export function createDatabase(name: string, args: AwsArgs, opts?: Options): AwsDatabase;
export function createDatabase(name: string, args: GcpArgs, opts?: Options): GcpDatabase;
export function createDatabase(name: string, args: OnpremArgs, opts?: Options): OnpremDatabase;
export function createDatabase(name: string, args: DatabaseArgs, opts?: Options): Database {
  switch (args.cloud) {
    case "aws":
      return new AwsDatabase(name, args, opts);
    case "gcp":
      return new GcpDatabase(name, args, opts);
    case "onprem":
      return new OnpremDatabase(name, args, opts);
  }
}
