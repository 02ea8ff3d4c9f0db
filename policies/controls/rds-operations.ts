import type { Control } from "../control.ts";
import { anyFact, firstOf, isGiven } from "../knowns.ts";
import type { Report } from "../report.ts";
import { refersTo } from "../stack.ts";
import { refuseOff, requireOn } from "../switches.ts";

/** What Security Hub's RDS.11 asks for, in days. */
const leastBackupDays = 7;

/** How a database of RDS survives, and what it tells. */
export const rdsOperationsControls: readonly Control[] = [
  {
    id: "RDS3",
    policy: "rds3-enable-backups",
    title: "Databases of RDS are backed up, and backups are kept for a week or more",
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
        // The source is what is backed up.
        if (isGiven(instance, "replicateSourceDb")) return;
        backups(instance.backupRetentionPeriod, "no day", report);
      },
    },
  },
  {
    id: "RDS4",
    policy: "rds4-enforce-several-zones",
    title: "Databases of RDS stand in more than one zone",
    severity: "medium",
    remedy: "set multiAz to true; give an Aurora cluster two instances or more, in different zones",
    requirements: { soc2: ["A1.2"], hipaa: ["164.308(a)(7)(i)"], "cis-aws": ["3.2.4"] },
    resources: {
      "aws:rds/instance:Instance": (instance, report) => {
        if (isGiven(instance, "replicateSourceDb")) return;
        requireOn("multiAz", () => instance.multiAz, "it is down when its zone is", report);
      },
    },
    stack: (stack, on) => {
      const instances = stack.all("aws:rds/clusterInstance:ClusterInstance");
      for (const cluster of stack.all("aws:rds/cluster:Cluster")) {
        on(cluster).part(() => {
          // Clusters of other engines, and sharded ones, bring their instances themselves.
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
            `has ${own.length === 0 ? "no instance" : only}: it is down when its zone is`,
          );
        });
      }
    },
  },
  {
    id: "RDS5",
    policy: "rds5-enable-deletion-protection",
    title: "Databases of RDS of a permanent environment are protected from deletion",
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
    title: "Databases of RDS send their logs to CloudWatch",
    severity: "medium",
    remedy:
      'name "postgresql" (PostgreSQL) or "audit" (MySQL, MariaDB), or for other engines their audit logs, in enabledCloudwatchLogsExports',
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
    title: "Databases of RDS take minor upgrades by themselves",
    severity: "medium",
    remedy: "leave autoMinorVersionUpgrade true",
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
    report.lacking(path, `is not given: backups are kept for ${byDefault}`);
  } else if (days < leastBackupDays) {
    report.wrong(path, days, "what was lost a week ago cannot be had back");
  }
}

function deletionProtection(
  database: { readonly deletionProtection?: boolean | undefined },
  report: Report,
): void {
  const path = "deletionProtection";
  requireOn(path, () => database[path], "one call deletes it with its data", report);
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
  refuseOff(path, () => database[path], "known holes stay until somebody comes by", report);
}
