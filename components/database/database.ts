import type * as pulumi from "@pulumi/pulumi";
import { AwsDatabase, type AwsDatabaseArgs } from "./aws.ts";
import { GcpDatabase, type GcpDatabaseArgs } from "./gcp.ts";
import { OnpremDatabase, type OnpremDatabaseArgs } from "./onprem.ts";

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
