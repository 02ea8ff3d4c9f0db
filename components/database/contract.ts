import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import type { Recovery } from "./recovery.ts";
import type { PostgresMajor } from "./versions.ts";

/** The outputs of a PostgreSQL database on every cloud. */
export interface DatabaseContract {
  readonly cloud: Cloud;
  /** The wanted major version. */
  readonly version: PostgresMajor;
  /** Name of the first database. */
  readonly databaseName: string;
  /** Host for writes; the connection pool where there is one. */
  readonly endpoint: pulumi.Output<string>;
  /** Host for reads only; undefined without replicas. */
  readonly readerEndpoint: pulumi.Output<string> | undefined;
  readonly port: number;
  /** Maximum connections of the primary. */
  readonly maxConnections: number;
  readonly recovery: Recovery;
  /** What the stacks of tenants need to make databases in it, or clusters like it. */
  readonly forTenants: Readonly<
    Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>
  >;
}
