import type * as pulumi from "@pulumi/pulumi";
import { AwsAudit, type AwsAuditArgs } from "./aws.ts";
import { GcpAudit, type GcpAuditArgs } from "./gcp.ts";
import { OnpremAudit, type OnpremAuditArgs } from "./onprem.ts";

export type Audit = AwsAudit | GcpAudit | OnpremAudit;

type AwsArgs = { readonly cloud: "aws" } & AwsAuditArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpAuditArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremAuditArgs;

/** The arguments of one cloud's audit trail, distinguished by `cloud`. */
export type AuditArgs = AwsArgs | GcpArgs | OnpremArgs;

type Options = pulumi.ComponentResourceOptions;

/** The audit trail of an environment on a cloud. */
export function createAudit(name: string, args: AwsArgs, opts?: Options): AwsAudit;
export function createAudit(name: string, args: GcpArgs, opts?: Options): GcpAudit;
export function createAudit(name: string, args: OnpremArgs, opts?: Options): OnpremAudit;
export function createAudit(name: string, args: AuditArgs, opts?: Options): Audit {
  switch (args.cloud) {
    case "aws":
      return new AwsAudit(name, args, opts);
    case "gcp":
      return new GcpAudit(name, args, opts);
    case "onprem":
      return new OnpremAudit(name, args, opts);
  }
}
