import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument } from "../core/iam.ts";
import { refuseUnsafe } from "../identity/refusals.ts";
import {
  type AwsCellPlace,
  operatorStatements,
  storesRoleName,
  storesStatements,
  storesTrust,
} from "./shared-role.ts";

export interface AwsTenantSecretsRoleArgs extends ComponentArgs {
  readonly cell: AwsCellPlace;
  /** The environment's key for secrets. */
  readonly keyArn: pulumi.Input<string>;
  /** The operator's role. */
  readonly operator: {
    readonly arn: pulumi.Input<string>;
    readonly roleName: pulumi.Input<string>;
  };
}

/** One role for the stores of all tenants of a cell, distinguished by a session tag, and what the operator needs to assume it. */
export class AwsTenantSecretsRole extends BlueprintComponent {
  readonly arn: pulumi.Output<string>;

  constructor(
    name: string,
    args: AwsTenantSecretsRoleArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { cell, keyArn, operator } = args;
    const statements = storesStatements(cell, keyArn);
    refuseUnsafe(name, { stores: statements });
    super("tenant-secrets", "AwsTenantSecretsRole", name, args, {}, opts);
    const role = new aws.iam.Role(
      this.named(),
      {
        name: storesRoleName(cell),
        description: `Stores of tenants of ${cell.cell}, by the tag of their sessions`,
        assumeRolePolicy: policyDocument(storesTrust(operator.arn)),
      },
      this.child(),
    );
    new aws.iam.RolePolicy(
      this.named("read"),
      { name: "read", role: role.name, policy: policyDocument(statements) },
      this.child(),
    );
    new aws.iam.RolePolicy(
      this.named("operator"),
      {
        name: "tenants",
        role: operator.roleName,
        policy: policyDocument(operatorStatements(cell, role.arn)),
      },
      this.child(),
    );
    this.arn = role.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
