/** The purpose of the key for secrets. */
import { grantsThrough, useThrough, valuesOfSecrets } from "../core/kms.ts";
import type { KeyPurpose } from "../section/key.ts";

/**
 * Secret values, through Secrets Manager, for principals that IAM allows to read and write them. Data of Verified Access, including
 * client secrets, through a grant of the principal that creates it (Verified Access user guide, "Data encryption at rest").
 */
export const secretKey = {
  purpose: "secrets",
  aws: (place) => [
    useThrough("ValuesThroughSecretsManager", place, ["secretsmanager"], valuesOfSecrets),
    useThrough("PoliciesThroughVerifiedAccess", place, ["verified-access"]),
    grantsThrough("GrantsThroughVerifiedAccess", place, ["verified-access"]),
  ],
} as const satisfies KeyPurpose;
