/** Who uses the keys of data: services that keep it, in the name of somebody of the account or by a grant made so. */
import type { Statement } from "../core/iam.ts";
import { grantsThrough, type Place, useThrough } from "./aws-statements.ts";

/** Records on the brokers' disks and in tiered storage, which MSK encrypts by grants of whoever makes the cluster. */
export function streams(place: Place): Statement[] {
  return [
    useThrough("RecordsThroughMsk", place, ["kafka"]),
    grantsThrough("GrantsThroughMsk", place, ["kafka"]),
  ];
}

/**
 * Storage, backups and query statistics of RDS, whose Performance Insights are read through it, and the master's password, which
 * RDS keeps in Secrets Manager and rotates by a grant. Sources: Amazon Aurora user guide, "AWS KMS key management", "Changing an
 * AWS KMS policy for Performance Insights", "Password management with Amazon Aurora and AWS Secrets Manager".
 */
export function databases(place: Place): Statement[] {
  return [
    useThrough("DataThroughRds", place, ["rds"]),
    useThrough("PasswordsThroughSecretsManager", place, ["secretsmanager"], ofSecrets),
    grantsThrough("GrantsThroughRds", place, ["rds", "secretsmanager"]),
  ];
}

/** Disks and snapshots of ElastiCache. Source: Amazon ElastiCache user guide, "At-rest encryption in ElastiCache". */
export function caches(place: Place): Statement[] {
  return [
    useThrough("DataThroughElastiCache", place, ["elasticache"]),
    grantsThrough("GrantsThroughElastiCache", place, ["elasticache"]),
  ];
}

/** Objects, through S3 for whoever IAM lets read and write them; replication is among them. */
export function objects(place: Place): Statement[] {
  return [useThrough("ObjectsThroughS3", place, ["s3"])];
}

/** What Secrets Manager does with a key. Source: its user guide, "Permissions for the KMS key". */
const ofSecrets = ["kms:Decrypt", "kms:GenerateDataKey"];

/**
 * Values of secrets, through Secrets Manager for whoever IAM lets read and write them; and what Verified Access keeps of people's
 * ways in, clients' secrets among it, by a grant of whoever makes it (Verified Access user guide, "Data encryption at rest").
 */
export function secrets(place: Place): Statement[] {
  return [
    useThrough("ValuesThroughSecretsManager", place, ["secretsmanager"], ofSecrets),
    useThrough("PoliciesThroughVerifiedAccess", place, ["verified-access"]),
    grantsThrough("GrantsThroughVerifiedAccess", place, ["verified-access"]),
  ];
}
