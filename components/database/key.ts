/** The key of a database's storage, backups, statistics and master password. */
import { grantsThrough, useThrough, valuesOfSecrets } from "../core/kms.ts";
import type { KeyPurpose } from "../section/key.ts";

/**
 * RDS reads Performance Insights with the key, keeps the master's password in Secrets Manager and rotates it by a grant. Sources:
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
