import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument } from "../core/iam.ts";
import { refuseUnsafe } from "../identity/refusals.ts";
import type { AwsBucketReference } from "../object-store/grant.ts";
import { type ClusterPlace, sharedRoleName, sharedStatements, sharedTrust } from "./shared-role.ts";

export interface AwsTenantRoleArgs extends ComponentArgs {
  readonly cluster: ClusterPlace;
  /** The buckets that tenants share. */
  readonly buckets: readonly AwsBucketReference[];
}

/** One role for the pods of all tenants of a pool, distinguished by the session tags of EKS Pod Identity. */
export class AwsTenantRole extends BlueprintComponent {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AwsTenantRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cluster, buckets } = args;
    const statements = sharedStatements(buckets, cluster);
    refuseUnsafe(name, { tenants: statements });
    super("tenant-identity", "AwsTenantRole", name, args, { cluster: cluster.name }, opts);
    const role = new aws.iam.Role(
      this.named("role"),
      {
        name: sharedRoleName(cluster),
        description: `Pods of tenants on ${cluster.name}, by their namespace`,
        assumeRolePolicy: policyDocument(sharedTrust(cluster)),
      },
      this.child(),
    );
    new aws.iam.RolePolicy(
      this.named("grants"),
      { name: "grants", role: role.name, policy: policyDocument(statements) },
      this.child(),
    );
    this.arn = role.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
