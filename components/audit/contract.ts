import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** The outputs of an audit trail on every cloud. */
export interface AuditContract {
  readonly cloud: Cloud;
  /** Days that each record is kept. */
  readonly retentionDays: number;
  /** The bucket that records are kept in; undefined where there is none. */
  readonly archive: pulumi.Output<string> | undefined;
}
