/** Statements of KMS key policies: key administrators, and the services that use the key. Pure. */
import type { Statement } from "./iam.ts";

/** The account and region of a key. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** In a key policy, the resource "*" means this key. */
export const thisKey = "*";

/** The account as a principal, which delegates to its IAM policies. */
export function accountRoot(account: string): string {
  return `arn:aws:iam::${account}:root`;
}

/** Delegates administration of the key to the account's IAM policies, without permission to use it. */
export function administration({ account }: Place): Statement {
  return {
    sid: "AccountAdministration",
    principals: { aws: accountRoot(account) },
    actions: [
      "kms:CancelKeyDeletion",
      "kms:CreateAlias",
      "kms:DeleteAlias",
      "kms:DescribeKey",
      "kms:DisableKey",
      "kms:DisableKeyRotation",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListGrants",
      "kms:ListKeyPolicies",
      "kms:ListKeyRotations",
      "kms:ListResourceTags",
      "kms:PutKeyPolicy",
      "kms:RevokeGrant",
      "kms:RotateKeyOnDemand",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateAlias",
      "kms:UpdateKeyDescription",
    ],
    resources: thisKey,
  };
}

/** Without wildcards such as `kms:Encrypt*`, so that new AWS actions are not allowed without a review. */
export const encryption = [
  "kms:Decrypt",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/** Lets services use a key on behalf of principals of the account, whose IAM policies must allow it as well. */
export function useThrough(
  sid: string,
  place: Place,
  services: readonly string[],
  actions: readonly string[] = encryption,
): Statement {
  return {
    sid,
    principals: { aws: accountRoot(place.account) },
    actions,
    resources: thisKey,
    conditions: { StringEquals: through(place, services) },
  };
}

/** Lets services create grants for their resources, on behalf of principals of the account. */
export function grantsThrough(sid: string, place: Place, services: readonly string[]): Statement {
  return {
    sid,
    principals: { aws: accountRoot(place.account) },
    actions: "kms:CreateGrant",
    resources: thisKey,
    conditions: { StringEquals: through(place, services), ...grantsForAws },
  };
}

/** Only grants that AWS services create for their own resources. */
export const grantsForAws = { Bool: { "kms:GrantIsForAWSResource": "true" } };

function through({ account, region }: Place, services: readonly string[]) {
  const names = services.map((service) => `${service}.${region}.amazonaws.com`);
  const [only] = names;
  return {
    "kms:CallerAccount": account,
    "kms:ViaService": names.length === 1 && only !== undefined ? only : names,
  };
}

/** The key actions of Secrets Manager. Source: its user guide, "Permissions for the KMS key". */
export const valuesOfSecrets = ["kms:Decrypt", "kms:GenerateDataKey"];

/** As long as an ARN of a key can be: ids of multi-Region keys have as many characters as others, or fewer. */
export function longestKeyArn({ region, account }: Place): string {
  return `arn:aws:kms:${region}:${account}:key/${"0".repeat(36)}`;
}
