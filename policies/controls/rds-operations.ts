import type { Control } from "../control.ts";
import { anyFact, firstOf, isGiven } from "../known-values.ts";
import type { Report } from "../report.ts";
import { refersTo } from "../stack.ts";
import { refuseOff, requireOn } from "../switches.ts";

/** Requirement of Security Hub's RDS.11, in days. */
const leastBackupDays = 7;

/** Controls of backups, availability and logs of RDS databases. */
export const rdsOperationsControls: readonly Control[] = [
  {
    id: "RDS3",
    policy: "rds3-enable-backups",
    title: "RDS databases have backups that are kept for at least a week",
    severity: "medium",
    remedy: `set backupRetentionPeriod to ${leastBackupDays} days or more`,
    requirements: {
      soc2: ["A1.2", "CC7.4"],
      "pci-dss-4": ["10.3.3"],
      hipaa: ["164.308(a)(7)(ii)(A)"],
      gdpr: ["32"],
      sox: ["ITGC-operations"],
    },
    resources: {
      "aws:rds/cluster:Cluster": ({ backupRetentionPeriod: days }, report) =>
        backups(days, "one day", report),
      "aws:rds/instance:Instance": (instance, report) => {
        // Only the source is backed up.
        if (isGiven(instance, "replicateSourceDb")) return;
        backups(instance.backupRetentionPeriod, "no day", report);
      },
    },
  },
  {
    id: "RDS4",
    policy: "rds4-enforce-several-zones",
    title: "RDS databases are in more than one zone",
    severity: "medium",
    remedy:
      "set multiAz to true; for an Aurora cluster create two instances or more, in different zones",
    requirements: { soc2: ["A1.2"], hipaa: ["164.308(a)(7)(i)"], "cis-aws": ["3.2.4"] },
    resources: {
      "aws:rds/instance:Instance": (instance, report) => {
        if (isGiven(instance, "replicateSourceDb")) return;
        requireOn("multiAz", () => instance.multiAz, "it is unavailable when its zone is", report);
      },
    },
    stack: (stack, on) => {
      const instances = stack.all("aws:rds/clusterInstance:ClusterInstance");
      for (const cluster of stack.all("aws:rds/cluster:Cluster")) {
        on(cluster).part(() => {
          // Clusters of other engines, and sharded ones, create their instances themselves.
          if (!cluster.props.engine.startsWith("aurora")) return;
          if (cluster.props.clusterScalabilityType === "limitless") return;
          const own = instances.filter((instance) =>
            anyFact(
              () => refersTo(instance, "clusterIdentifier", cluster),
              () => refersTo(instance, "clusterIdentifier", cluster, "clusterIdentifier"),
            ),
          );
          const zones = own.map(({ props, name }) => props.availabilityZone ?? `that of ${name}`);
          if (new Set(zones).size > 1) return;
          const only = own.length > 1 ? `${own.length} instances in one zone` : "one instance";
          on(cluster).lacking(
            "",
            `has ${own.length === 0 ? "no instance" : only}: it is unavailable when its zone is`,
          );
        });
      }
    },
  },
  {
    id: "RDS5",
    policy: "rds5-enable-deletion-protection",
    title: "RDS databases of a permanent environment are protected from deletion",
    severity: "medium",
    remedy: "set deletionProtection to true",
    requirements: { soc2: ["A1.2", "C1.1"], sox: ["ITGC-change"] },
    permanentOnly: true,
    resources: {
      "aws:rds/cluster:Cluster": deletionProtection,
      "aws:rds/instance:Instance": deletionProtection,
    },
  },
  {
    id: "RDS6",
    policy: "rds6-enable-log-export",
    title: "RDS databases export their logs to CloudWatch",
    severity: "medium",
    remedy:
      'add "postgresql" (PostgreSQL), "audit" (MySQL, MariaDB), or the audit logs of other engines to enabledCloudwatchLogsExports',
    requirements: {
      soc2: ["CC7.2"],
      "pci-dss-4": ["10.2.1"],
      hipaa: ["164.312(b)"],
      gdpr: ["32"],
      sox: ["ITGC-operations"],
    },
    resources: {
      "aws:rds/cluster:Cluster": logExport,
      "aws:rds/instance:Instance": logExport,
    },
  },
  {
    id: "RDS9",
    policy: "rds9-enable-minor-upgrades",
    title: "RDS databases have automatic minor version upgrades",
    severity: "medium",
    remedy: "keep autoMinorVersionUpgrade true",
    requirements: {
      soc2: ["CC7.1"],
      "pci-dss-4": ["6.3.3"],
      sox: ["ITGC-change"],
      "cis-aws": ["3.2.2"],
    },
    resources: {
      "aws:rds/cluster:Cluster": minorUpgrades,
      "aws:rds/clusterInstance:ClusterInstance": minorUpgrades,
      "aws:rds/instance:Instance": minorUpgrades,
    },
  },
];

function backups(days: number | undefined, byDefault: string, report: Report): void {
  const path = "backupRetentionPeriod";
  if (days === undefined) {
    report.lacking(path, `is not set: backups are kept for ${byDefault}`);
  } else if (days < leastBackupDays) {
    report.wrong(path, days, "data lost a week ago cannot be restored");
  }
}

function deletionProtection(
  database: { readonly deletionProtection?: boolean | undefined },
  report: Report,
): void {
  const path = "deletionProtection";
  requireOn(path, () => database[path], "it can be deleted with its data", report);
}

interface Logged {
  readonly engine?: string | undefined;
  readonly enabledCloudwatchLogsExports?: readonly string[] | undefined;
}

function logExport({ engine = "", enabledCloudwatchLogsExports: logs }: Logged, report: Report) {
  const needed = engine.includes("postgres")
    ? "postgresql"
    : /mysql|mariadb/.test(engine)
      ? "audit"
      : undefined;
  const found = firstOf(logs, (log) => needed === undefined || log === needed);
  if (found === undefined) {
    const what = needed === undefined ? "no log is exported" : `${needed} is missing`;
    report.wrong("enabledCloudwatchLogsExports", logs ?? [], what);
  }
}

function minorUpgrades(
  database: { readonly autoMinorVersionUpgrade?: boolean | undefined },
  report: Report,
): void {
  const path = "autoMinorVersionUpgrade";
  refuseOff(
    path,
    () => database[path],
    "known vulnerabilities are not patched automatically",
    report,
  );
}
