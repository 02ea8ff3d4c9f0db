import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import { AwsAudit, type AwsAuditArgs } from "./aws.ts";
import { GcpAudit, type GcpAuditArgs } from "./gcp.ts";
import { OnpremAudit, type OnpremAuditArgs } from "./onprem.ts";

/** What the audit trail of every cloud has. */
export interface AuditContract {
  readonly cloud: Cloud;
  /** Days that each record is kept. */
  readonly retentionDays: number;
  /** The bucket that records are kept in; undefined where there is none. */
  readonly archive: pulumi.Output<string> | undefined;
}

export type Audit = AwsAudit | GcpAudit | OnpremAudit;

/** The arguments of one cloud's audit trail, told apart by `cloud`. */
export type AuditArgs =
  | ({ readonly cloud: "aws" } & AwsAuditArgs)
  | ({ readonly cloud: "gcp" } & GcpAuditArgs)
  | ({ readonly cloud: "onprem" } & OnpremAuditArgs);

/** The audit trail of an environment on a cloud. */
export function createAudit(
  name: string,
  args: { readonly cloud: "aws" } & AwsAuditArgs,
  opts?: pulumi.ComponentResourceOptions,
): AwsAudit;
export function createAudit(
  name: string,
  args: { readonly cloud: "gcp" } & GcpAuditArgs,
  opts?: pulumi.ComponentResourceOptions,
): GcpAudit;
export function createAudit(
  name: string,
  args: { readonly cloud: "onprem" } & OnpremAuditArgs,
  opts?: pulumi.ComponentResourceOptions,
): OnpremAudit;
export function createAudit(
  name: string,
  args: AuditArgs,
  opts?: pulumi.ComponentResourceOptions,
): Audit {
  switch (args.cloud) {
    case "aws":
      return new AwsAudit(name, args, opts);
    case "gcp":
      return new GcpAudit(name, args, opts);
    case "onprem":
      return new OnpremAudit(name, args, opts);
  }
}
