import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";

interface Place {
  readonly account: string;
  readonly region: string;
}

/** Nobody of another account reads or changes a secret, whatever their own policies say. */
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

/** Reading the values of secrets below a path, and decrypting those alone. AWS ends the ARNs of secrets in characters of its own. */
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
