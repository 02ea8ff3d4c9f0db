import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
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
