/** Access to a key that can be granted to workloads. Pure. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Statement } from "../core/iam.ts";
import { longestKeyArn } from "../core/kms.ts";
import { type AwsGrantee, type GcpRole, oneResource, verbs } from "../section/grant.ts";

const schema = z.strictObject({
  kind: z.literal("key"),
  name: oneResource(),
  may: verbs(["encrypt", "decrypt"]),
});

type Grant = z.output<typeof schema>;

export interface AwsKeyReference {
  readonly arn: pulumi.Input<string>;
}

export interface GcpKeyReference {
  /** `projects/<project>/locations/<region>/keyRings/<ring>/cryptoKeys/<key>` */
  readonly id: pulumi.Input<string>;
}

export const keyGrant = {
  kind: "key",
  aws: {
    schema,
    statements,
    longest: (_: Grant, grantee: AwsGrantee): AwsKeyReference => ({ arn: longestKeyArn(grantee) }),
  },
  gcp: { schema, roles },
} as const;

function statements({ may }: Grant, { arn }: AwsKeyReference): Statement[] {
  return [
    {
      sid: "Key",
      actions: [
        "kms:DescribeKey",
        ...(may.includes("encrypt") ? ["kms:Encrypt", "kms:GenerateDataKey"] : []),
        ...(may.includes("decrypt") ? ["kms:Decrypt"] : []),
      ],
      resources: arn,
    },
  ];
}

function roles({ may }: Grant, { id: cryptoKeyId }: GcpKeyReference): GcpRole[] {
  const role = {
    encrypt: "roles/cloudkms.cryptoKeyEncrypter",
    decrypt: "roles/cloudkms.cryptoKeyDecrypter",
  };
  return may.map((verb) => ({ key: verb, role: role[verb], on: { kind: "key", cryptoKeyId } }));
}
