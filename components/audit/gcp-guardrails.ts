import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";

export interface GcpGuardrailsArgs extends ComponentArgs {
  /** `organizations/<number>`, `folders/<number>` or `projects/<number>`. */
  readonly scope: string;
}

/** Constraints that are on or off. Source: "Organization policy constraints", Resource Manager documentation, 2026-08. */
export const enforcedConstraints = [
  "compute.disableSerialPortAccess",
  "compute.requireOsLogin",
  "compute.requireShieldedVm",
  "compute.skipDefaultNetworkCreation",
  "iam.automaticIamGrantsForDefaultServiceAccounts",
  "iam.disableServiceAccountKeyCreation",
  "iam.disableServiceAccountKeyUpload",
  "sql.restrictPublicIp",
  "storage.publicAccessPrevention",
  "storage.uniformBucketLevelAccess",
] as const;

/** List constraints that deny all values. */
export const emptiedConstraints = ["compute.vmExternalIpAccess"] as const;

/** Organisation policies that restrict everyone below an organisation, folder or project, whatever their permissions. */
export class GcpGuardrails extends BlueprintComponent {
  constructor(name: string, args: GcpGuardrailsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { scope } = args;
    super("audit", "GcpGuardrails", name, args, { scope }, opts);
    for (const constraint of enforcedConstraints)
      this.#policy(scope, constraint, { enforce: "TRUE" });
    for (const constraint of emptiedConstraints)
      this.#policy(scope, constraint, { denyAll: "TRUE" });
    this.registerOutputs({});
  }

  #policy(
    parent: string,
    constraint: string,
    rule: gcp.types.input.orgpolicy.PolicySpecRule,
  ): void {
    new gcp.orgpolicy.Policy(
      this.named(constraint.replaceAll(".", "-")),
      { parent, name: `${parent}/policies/${constraint}`, spec: { rules: [rule] } },
      this.child(),
    );
  }
}
