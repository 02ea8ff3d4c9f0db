import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { grantRole } from "../core/aws-role-policies.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument, type Statement } from "../core/iam.ts";
import { dividedPolicies } from "../core/role-policies.ts";
import { type FederatedTrust, trustStatement } from "./aws-trust.ts";
import { policyProblems } from "./lint.ts";
import { trustProblems } from "./lint-trust.ts";
import { refuseFindings } from "./refusals.ts";

export interface AwsFederatedRoleArgs extends ComponentArgs, FederatedTrust {
  readonly account: string;
  /** Physical name of the role. */
  readonly roleName: string;
  readonly description: string;
  readonly statements: readonly Statement[];
  /** The same as plain strings of the greatest length, where they grow with a manifest. @default inline only */
  readonly longest?: readonly Statement[];
  /** ARN of the permissions boundary. @default none */
  readonly boundary?: string;
  /** @default 1 */
  readonly hours?: number;
}

/** A role for tokens of one issuer and one subject. */
export class AwsFederatedRole extends BlueprintComponent {
  /** Known after its permissions are granted. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AwsFederatedRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    const {
      account,
      roleName,
      description,
      subject,
      statements,
      longest,
      boundary,
      hours = 1,
    } = args;
    const trust = [trustStatement(args)];
    refuseFindings(name, [...trustProblems(trust, account), ...policyProblems(statements)]);
    super("identity", "AwsFederatedRole", name, args, { subject }, opts);
    const role = new aws.iam.Role(
      this.named(),
      {
        name: roleName,
        description,
        assumeRolePolicy: policyDocument(trust),
        maxSessionDuration: hours * 3600,
        ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
      },
      this.child(),
    );
    const policy = grantRole(
      role,
      dividedPolicies(statements, longest),
      { resource: this.named("grants"), inline: "grants", role: roleName },
      this.child(),
    );
    this.arn = policy.id.apply(() => role.arn);
    this.registerOutputs({ arn: this.arn });
  }
}
