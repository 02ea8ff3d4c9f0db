/** The role with which External Secrets reads the secrets of tenants on AWS. Pure. */
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";
import { nameIn, type Place } from "../core/place.ts";
import { readStatements } from "../secrets/aws-policies.ts";
import { tenantsPath } from "./names.ts";

/** A cell on AWS. */
export interface AwsCellPlace extends Place {
  readonly account: string;
  readonly region: string;
}

/** The session tag with the tenant's id, which each tenant's store sets. Only the pipeline writes stores. */
export const tenantTag = "atoll-tenant";

/** The tag in conditions of policies. */
export const principalTenant = `aws:PrincipalTag/${tenantTag}`;

export function storesRoleName({ environment, cell }: Place): string {
  return nameIn({ environment, ...(cell !== undefined && { cell }) }, "iam-role", "tenant-secrets");
}

export function storesRoleArn(
  cell: Pick<AwsCellPlace, "environment" | "cell" | "account">,
): string {
  return `arn:aws:iam::${cell.account}:role/${storesRoleName(cell)}`;
}

/**
 * The secrets of the tenant that the session is tagged with, where they are encrypted with the environment's key. A tenant's own key
 * allows the role itself. Without the tag, nothing matches.
 */
export function storesStatements(cell: AwsCellPlace, keyArn: pulumi.Input<string>): Statement[] {
  return readStatements(cell, `${tenantsPath(cell)}/\${${principalTenant}}`, keyArn);
}

/** Trusts the operator's role, and only with the tag. */
export function storesTrust(operatorArn: pulumi.Input<string>): Statement[] {
  return [
    {
      sid: "AssumeForOneTenant",
      principals: { aws: operatorArn },
      actions: ["sts:AssumeRole", "sts:TagSession"],
      conditions: { StringLike: { [`aws:RequestTag/${tenantTag}`]: "?*" } },
    },
  ];
}

/**
 * What the operator's own role gets: to assume the role, and no longer to read secrets of tenants itself. Their path is below the
 * cell's, which the store of the cell can read.
 */
export function operatorStatements(cell: AwsCellPlace, roleArn: pulumi.Input<string>): Statement[] {
  const { account, region } = cell;
  return [
    {
      sid: "AssumeForTenants",
      actions: ["sts:AssumeRole", "sts:TagSession"],
      resources: roleArn,
    },
    {
      sid: "DenySecretsOfTenants",
      effect: "Deny",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: `arn:aws:secretsmanager:${region}:${account}:secret:${tenantsPath(cell)}/*`,
    },
  ];
}
