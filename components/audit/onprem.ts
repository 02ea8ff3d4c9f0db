import type * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import type { AuditContract } from "./contract.ts";
import { apiServerFlags, kubernetesAuditPolicy } from "./kubernetes-audit.ts";
import { lockOf, type OnpremAuditInput, onpremAuditSpec } from "./schema.ts";

export interface OnpremAuditArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: OnpremAuditInput;
}

/**
 * The audit policy and flags for the API servers of a site. It creates nothing: the operator of the API servers applies them.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremAudit extends BlueprintComponent implements AuditContract {
  readonly cloud = "onprem";
  readonly retentionDays: number;
  readonly archive = undefined;
  /** Contents of the file for `audit-policy-file`, as YAML. */
  readonly policy: string;
  /** Flags of the API server, without their dashes. */
  readonly flags: Readonly<Record<string, string>>;

  constructor(name: string, args: OnpremAuditArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremAuditSpec, args.spec, name);
    super("audit", "OnpremAudit", name, args, { spec }, opts);
    this.retentionDays = lockOf(spec).days;
    this.policy = stringify(kubernetesAuditPolicy);
    this.flags = apiServerFlags(spec.logPath, this.retentionDays);
    this.registerOutputs({ policy: this.policy, flags: this.flags });
  }
}
