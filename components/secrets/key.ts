/** The key of secrets' values. */
import { grantsThrough, useThrough, valuesOfSecrets } from "../core/kms.ts";
import type { KeyPurpose } from "../section/key.ts";

/**
 * Values of secrets, through Secrets Manager for whoever IAM lets read and write them; and what Verified Access stores of people's
 * access, client secrets included, by a grant of whoever creates it (Verified Access user guide, "Data encryption at rest").
 */
export const secretKey = {
  purpose: "secrets",
  aws: (place) => [
    useThrough("ValuesThroughSecretsManager", place, ["secretsmanager"], valuesOfSecrets),
    useThrough("PoliciesThroughVerifiedAccess", place, ["verified-access"]),
    grantsThrough("GrantsThroughVerifiedAccess", place, ["verified-access"]),
  ],
} as const satisfies KeyPurpose;
