import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";

interface Place {
  readonly account: string;
  readonly region: string;
}

/** Denies principals of other accounts, whatever their own policies allow. */
export function guardStatements(account: string): Statement[] {
  return [
    {
      sid: "DenyOtherAccounts",
      effect: "Deny",
      principals: "anyone",
      actions: "secretsmanager:*",
      // In a secret's policy, "*" means this secret.
      resources: "*",
      conditions: {
        StringNotEquals: { "aws:PrincipalAccount": account },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  ];
}

/** Permissions to read and decrypt secrets below a path. AWS adds random characters to the ARNs of secrets. */
export function readStatements(
  { account, region }: Place,
  path: string,
  keyArn: pulumi.Input<string>,
): Statement[] {
  const secrets = `arn:aws:secretsmanager:${region}:${account}:secret:${path}/*`;
  return [
    {
      sid: "ReadSecrets",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: secrets,
    },
    {
      sid: "DecryptSecrets",
      actions: "kms:Decrypt",
      resources: keyArn,
      conditions: {
        StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
        StringLike: { "kms:EncryptionContext:SecretARN": secrets },
      },
    },
  ];
}
