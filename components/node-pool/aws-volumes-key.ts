import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";

/**
 * What whoever asks EC2 for encrypted volumes must be allowed on their key: EC2 uses it in the caller's name. Only through EC2,
 * and grants only for AWS's own resources.
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
