/** Statements of KMS key policies: who administers a key, and which services use it for whom. Pure. */
import type { Statement } from "./iam.ts";

/** Where a key is. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** In a key policy, "*" as a resource means this key. */
export const thisKey = "*";

/** The account as a principal: its IAM decides who of it. */
export function accountRoot(account: string): string {
  return `arn:aws:iam::${account}:root`;
}

/** The account's IAM decides who looks after a key; looking after it does not include using it. */
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

/** `kms:Encrypt*` and the like, written out: a new action of AWS is not allowed before anyone has looked at it. */
export const encryption = [
  "kms:Decrypt",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/** What services do with a key in the name of somebody of the account, whose IAM policies have to allow it as well. */
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

/** Services lend themselves the key for what they keep, in the name of somebody of the account. */
export function grantsThrough(sid: string, place: Place, services: readonly string[]): Statement {
  return {
    sid,
    principals: { aws: accountRoot(place.account) },
    actions: "kms:CreateGrant",
    resources: thisKey,
    conditions: { StringEquals: through(place, services), ...grantsForAws },
  };
}

/** Grants of services for resources of theirs, and none that somebody makes by hand. */
export const grantsForAws = { Bool: { "kms:GrantIsForAWSResource": "true" } };

function through({ account, region }: Place, services: readonly string[]) {
  const names = services.map((service) => `${service}.${region}.amazonaws.com`);
  const [only] = names;
  return {
    "kms:CallerAccount": account,
    "kms:ViaService": names.length === 1 && only !== undefined ? only : names,
  };
}

/** What Secrets Manager does with a key. Source: its user guide, "Permissions for the KMS key". */
export const valuesOfSecrets = ["kms:Decrypt", "kms:GenerateDataKey"];
