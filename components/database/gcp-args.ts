/** The arguments of a Cloud SQL instance. Pure. */
import type * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { weekdays } from "../core/schedule.ts";
import { backupHour, wantedMajor } from "./base-schema.ts";
import { gcpCapacities } from "./capacity.ts";
import type { GcpDatabaseSpec } from "./schema.ts";

type Settings = gcp.types.input.sql.DatabaseInstanceSettings;

export interface GcpInstanceParts {
  readonly spec: GcpDatabaseSpec;
  /** Physical name. */
  readonly name: string;
  /** Resource name of the key in the instance's region. */
  readonly key: pulumi.Input<string>;
  readonly deletionProtection: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

/** The primary, with a standby in another zone that has every commit. */
export function primaryArgs(parts: GcpInstanceParts): gcp.sql.DatabaseInstanceArgs {
  const { spec, deletionProtection } = parts;
  const { day, hour } = spec.maintenance;
  return {
    ...instanceArgs(parts),
    encryptionKeyName: parts.key,
    settings: {
      ...settings(parts),
      availabilityType: "REGIONAL",
      backupConfiguration: {
        enabled: true,
        startTime: `${String(backupHour(spec)).padStart(2, "0")}:00`,
        location: spec.region,
        pointInTimeRecoveryEnabled: true,
        transactionLogRetentionDays: spec.backups.retentionDays,
        backupRetentionSettings: {
          retentionUnit: "COUNT",
          retainedBackups: spec.backups.retentionDays,
        },
      },
      maintenanceWindow: { day: weekdays.indexOf(day) + 1, hour, updateTrack: "stable" },
      retainBackupsOnDelete: deletionProtection,
      ...(deletionProtection ? { finalBackupConfig: { enabled: true, retentionDays: 35 } } : {}),
    },
  };
}

/** A zonal read replica in the primary's region, which uses the primary's key. */
export function replicaArgs(
  parts: GcpInstanceParts,
  primary: pulumi.Input<string>,
): gcp.sql.DatabaseInstanceArgs {
  return {
    ...instanceArgs(parts),
    masterInstanceName: primary,
    settings: { ...settings(parts), availabilityType: "ZONAL" },
  };
}

/** A regional replica in another region, which can be promoted, with a key of that region. */
export function distantReplicaArgs(
  parts: GcpInstanceParts,
  primary: pulumi.Input<string>,
): gcp.sql.DatabaseInstanceArgs {
  return {
    ...instanceArgs(parts),
    encryptionKeyName: parts.key,
    masterInstanceName: primary,
    settings: { ...settings(parts), availabilityType: "REGIONAL" },
  };
}

function instanceArgs({ spec, name, deletionProtection }: GcpInstanceParts) {
  return {
    project: spec.project,
    region: spec.region,
    name,
    databaseVersion: `POSTGRES_${wantedMajor(spec)}`,
    deletionProtection,
  };
}

function settings({ spec, deletionProtection, labels }: GcpInstanceParts): Settings {
  const plus = spec.edition === "ENTERPRISE_PLUS";
  return {
    edition: spec.edition,
    tier: gcpCapacities[spec.size].tier[spec.edition],
    activationPolicy: "ALWAYS",
    // Labels inside the settings are not added automatically.
    userLabels: labels,
    diskType: "PD_SSD",
    diskSize: spec.diskGiB,
    diskAutoresize: true,
    deletionProtectionEnabled: deletionProtection,
    // Statements that make tenants' databases run through the API, for principals of IAM only.
    ...(spec.tenants ? { dataApiAccess: "ALLOW_DATA_API" } : {}),
    connectorEnforcement: spec.requireConnector ? "REQUIRED" : "NOT_REQUIRED",
    ...(plus ? { dataCacheConfig: { dataCacheEnabled: true } } : {}),
    ipConfiguration: {
      ipv4Enabled: false,
      sslMode: "ENCRYPTED_ONLY",
      pscConfigs: [{ pscEnabled: true, allowedConsumerProjects: [spec.project] }],
    },
    databaseFlags: databaseFlags(spec).map(([name, value]) => ({ name, value })),
    insightsConfig: {
      queryInsightsEnabled: true,
      queryPlansPerMinute: 5,
      queryStringLength: 1024,
      recordApplicationTags: true,
      // Query statistics do not need client addresses.
      recordClientAddress: false,
    },
  };
}

/** IAM, audit, and the logging that CIS GCP 6.2 requires. */
function databaseFlags({ size, logicalReplication }: GcpDatabaseSpec): [string, string][] {
  return [
    ...(logicalReplication ? ([["cloudsql.logical_decoding", "on"]] as [string, string][]) : []),
    ["cloudsql.iam_authentication", "on"],
    ["cloudsql.enable_pgaudit", "on"],
    ["pgaudit.log", "ddl,role"],
    ["log_connections", "on"],
    ["log_disconnections", "on"],
    ["log_error_verbosity", "default"],
    ["log_lock_waits", "on"],
    ["log_min_duration_statement", "-1"],
    ["log_min_error_statement", "error"],
    ["log_min_messages", "warning"],
    ["log_statement", "ddl"],
    ["max_connections", String(gcpCapacities[size].maxConnections)],
  ];
}
