/** The key that encrypts a database's storage, backups, statistics and master password. */
import { grantsThrough, useThrough, valuesOfSecrets } from "../core/kms.ts";
import type { KeyPurpose } from "../section/key.ts";

/**
 * RDS uses the key for Performance Insights, stores the master password in Secrets Manager and rotates it with a grant. Sources:
 * Amazon Aurora user guide, "AWS KMS key management", "Changing an AWS KMS policy for Performance Insights", "Password management
 * with Amazon Aurora and AWS Secrets Manager".
 */
export const databaseKey = {
  purpose: "databases",
  aws: (place) => [
    useThrough("DataThroughRds", place, ["rds"]),
    useThrough("PasswordsThroughSecretsManager", place, ["secretsmanager"], valuesOfSecrets),
    grantsThrough("GrantsThroughRds", place, ["rds", "secretsmanager"]),
  ],
  gcpService: "sqladmin.googleapis.com",
} as const satisfies KeyPurpose;
