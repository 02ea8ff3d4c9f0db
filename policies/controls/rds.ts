import type { Control } from "../control.ts";
import { everyFact, isGiven } from "../knowns.ts";
import { judgeTls, tlsParameter } from "../rds-parameters.ts";
import type { Report } from "../report.ts";
import { refuseOn, requireOn } from "../switches.ts";

/** Who reaches a database of RDS, and what they find there. How it is kept running is in rds-operations.ts. */
export const rdsControls: readonly Control[] = [
  {
    id: "RDS1",
    policy: "rds1-enable-storage-encryption",
    title: "Databases of RDS encrypt their storage",
    severity: "high",
    remedy: "set storageEncrypted to true, with kmsKeyId for a key of your own",
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
    title: "Databases of RDS have no public address",
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
    title: "Databases of RDS take users of IAM",
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
    title: "Databases of RDS take connections over TLS only",
    severity: "high",
    remedy:
      "give the parameter group rds.force_ssl 1 (PostgreSQL, SQL Server) or require_secure_transport ON (MySQL, MariaDB), and the database that group",
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

const unencrypted = "the disk and every backup are readable by whoever gets hold of them";

/** A copy is encrypted as its source is, unless it says otherwise. */
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
  refuseOn(path, () => database[path], "the internet reaches it", report);
}

/** Engines that know no users of IAM. */
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
  requireOn(path, () => database[path], "only passwords open it, which leak and stay", report);
}

/** RDS takes its own parameter group where none is given. */
function ownGroup<T extends Engine>(group: keyof T & string, database: T, report: Report): void {
  if (isGiven(database, group)) return;
  const tls = tlsParameter(`${database.engine ?? ""}${database.engineVersion ?? ""}`);
  if (tls && !tls.onByDefault) {
    report.lacking(group, `is not given: in the default group ${tls.name} is off`);
  }
}
