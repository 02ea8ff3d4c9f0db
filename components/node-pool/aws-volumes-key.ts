import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";

/**
 * Permissions on the key for principals that create encrypted volumes: EC2 uses the key on behalf of the caller. Only through EC2, and
 * grants only for AWS resources.
 */
export function volumesKeyStatements(keyArn: pulumi.Input<string>, region: string): Statement[] {
  const throughEc2 = { StringEquals: { "kms:ViaService": `ec2.${region}.amazonaws.com` } };
  return [
    {
      sid: "UseVolumesKey",
      actions: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      resources: keyArn,
      conditions: throughEc2,
    },
    {
      sid: "LendVolumesKey",
      actions: "kms:CreateGrant",
      resources: keyArn,
      conditions: { ...throughEc2, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
