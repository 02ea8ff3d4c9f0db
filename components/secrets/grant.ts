/** Grants for secrets. Pure. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Statement } from "../core/iam.ts";
import { longestKeyArn } from "../core/kms.ts";
import { type AwsGrantee, type GcpRole, oneResource, verbs } from "../section/grant.ts";

const schema = z.strictObject({
  kind: z.literal("secret"),
  name: oneResource(),
  may: verbs(["read"]),
});

type Grant = z.output<typeof schema>;

/** The reference to a secret for IAM on AWS. */
export interface AwsSecretReference {
  readonly arn: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
}

export interface GcpSecretReference {
  readonly secretId: pulumi.Input<string>;
}

export const secretGrant = {
  kind: "secret",
  aws: {
    schema,
    statements,
    longest: ({ name }: Grant, grantee: AwsGrantee): AwsSecretReference => ({
      // The names of environment and cell, and what AWS adds.
      arn: `arn:aws:secretsmanager:${grantee.region}:${grantee.account}:secret:${"s".repeat(42)}${name}-000000`,
      keyArn: longestKeyArn(grantee),
    }),
  },
  gcp: { schema, roles },
} as const;

function statements(
  _: Grant,
  { arn, keyArn }: AwsSecretReference,
  { region }: AwsGrantee,
): Statement[] {
  return [
    {
      sid: "Secret",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: arn,
    },
    {
      sid: "SecretKey",
      actions: "kms:Decrypt",
      resources: keyArn,
      conditions: {
        StringEquals: {
          "kms:EncryptionContext:SecretARN": arn,
          "kms:ViaService": `secretsmanager.${region}.amazonaws.com`,
        },
      },
    },
  ];
}

function roles(_: Grant, { secretId }: GcpSecretReference): GcpRole[] {
  return [
    {
      key: "read",
      role: "roles/secretmanager.secretAccessor",
      on: { kind: "secret", secretId },
    },
  ];
}
