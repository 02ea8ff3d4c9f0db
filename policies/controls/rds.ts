import type { Control } from "../control.ts";
import { everyFact, isGiven } from "../known-values.ts";
import { judgeTls, tlsParameter } from "../rds-parameters.ts";
import type { Report } from "../report.ts";
import { refuseOn, requireOn } from "../switches.ts";

/** Controls of access to RDS databases and of their encryption. Operations are in rds-operations.ts. */
export const rdsControls: readonly Control[] = [
  {
    id: "RDS1",
    policy: "rds1-enable-storage-encryption",
    title: "RDS databases have encrypted storage",
    severity: "high",
    remedy: "set storageEncrypted to true, and kmsKeyId for a customer managed key",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
      "cis-aws": ["3.2.1"],
    },
    resources: {
      "aws:rds/cluster:Cluster": (cluster, report) => {
        if (inherits(cluster, "replicationSourceIdentifier")) return;
        requireOn("storageEncrypted", () => cluster.storageEncrypted, unencrypted, report);
      },
      "aws:rds/instance:Instance": (instance, report) => {
        if (inherits(instance, "replicateSourceDb")) return;
        requireOn("storageEncrypted", () => instance.storageEncrypted, unencrypted, report);
      },
    },
  },
  {
    id: "RDS2",
    policy: "rds2-disallow-public-address",
    title: "RDS databases have no public access",
    severity: "critical",
    remedy: "set publiclyAccessible to false",
    requirements: {
      soc2: ["CC6.2"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(a)(1)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-aws": ["3.2.3"],
    },
    repeated: true,
    resources: {
      "aws:rds/clusterInstance:ClusterInstance": publicAddress,
      "aws:rds/instance:Instance": publicAddress,
    },
  },
  {
    id: "RDS7",
    policy: "rds7-enable-iam-authentication",
    title: "RDS databases have IAM authentication",
    severity: "medium",
    remedy: "set iamDatabaseAuthenticationEnabled to true",
    requirements: { soc2: ["CC6.1"], "pci-dss-4": ["7.2.1"], sox: ["ITGC-access"] },
    resources: {
      "aws:rds/cluster:Cluster": iamUsers,
      "aws:rds/instance:Instance": iamUsers,
    },
  },
  {
    id: "RDS8",
    policy: "rds8-enforce-tls",
    title: "RDS databases accept only TLS connections",
    severity: "high",
    remedy:
      "set rds.force_ssl to 1 (PostgreSQL, SQL Server) or require_secure_transport to ON (MySQL, MariaDB) in the database's parameter group",
    requirements: {
      soc2: ["CC6.7"],
      "pci-dss-4": ["4.2.1"],
      hipaa: ["164.312(e)(1)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
    },
    resources: {
      "aws:rds/clusterParameterGroup:ClusterParameterGroup": (group, report) =>
        judgeTls(group, "cluster", report),
      "aws:rds/parameterGroup:ParameterGroup": (group, report) =>
        judgeTls(group, "instance", report),
      "aws:rds/cluster:Cluster": (cluster, report) =>
        ownGroup("dbClusterParameterGroupName", cluster, report),
      "aws:rds/instance:Instance": (instance, report) =>
        ownGroup("parameterGroupName", instance, report),
    },
  },
];

const unencrypted = "the disk and all backups are not encrypted";

/** A replica has its source's encryption by default. */
function inherits<T extends { readonly storageEncrypted?: boolean | undefined }>(
  database: T,
  source: keyof T & string,
): boolean {
  return everyFact(
    () => isGiven(database, source),
    () => database.storageEncrypted === undefined,
  );
}

function publicAddress(
  database: { readonly publiclyAccessible?: boolean | undefined },
  report: Report,
): void {
  const path = "publiclyAccessible";
  refuseOn(path, () => database[path], "the internet can reach it", report);
}

/** Engines without IAM authentication. */
const withoutIam = /^(oracle|custom-oracle|sqlserver|custom-sqlserver|db2)/;

interface Engine {
  readonly engine?: string | undefined;
  readonly engineVersion?: string | undefined;
}

function iamUsers(
  database: Engine & { readonly iamDatabaseAuthenticationEnabled?: boolean | undefined },
  report: Report,
): void {
  if (withoutIam.test(database.engine ?? "")) return;
  const path = "iamDatabaseAuthenticationEnabled";
  requireOn(path, () => database[path], "it accepts only long-lived passwords", report);
}

/** RDS uses its default parameter group if none is set. */
function ownGroup<T extends Engine>(group: keyof T & string, database: T, report: Report): void {
  if (isGiven(database, group)) return;
  const tls = tlsParameter(`${database.engine ?? ""}${database.engineVersion ?? ""}`);
  if (tls && !tls.onByDefault) {
    report.lacking(group, `is not set: in the default group ${tls.name} is off`);
  }
}
