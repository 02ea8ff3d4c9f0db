import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { postgresPort } from "./aws-access.ts";
import type { AwsWindows } from "./aws-windows.ts";
import { awsCapacities } from "./capacity.ts";
import type { AwsDatabaseSpec } from "./schema.ts";

/** ARNs of customer-managed KMS keys. */
export interface AwsDatabaseKeys {
  /** Encrypts storage, backups, query statistics and the master user's secret. */
  readonly data: pulumi.Input<string>;
  /** Encrypts the logs. */
  readonly logs: pulumi.Input<string>;
}

export interface AwsClusterParts {
  /** Physical name. */
  readonly identifier: string;
  /** The major version, or the version of another cluster. */
  readonly engineVersion: pulumi.Input<string>;
  readonly subnetGroupName: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly groups: { readonly clusterGroup: pulumi.Input<string> };
  readonly keys: AwsDatabaseKeys;
  readonly windows: AwsWindows;
  readonly retain: boolean;
}

/** Days of query statistics that each mode keeps; no others are allowed. */
export const insightsDays = { standard: 7, advanced: 465 } as const;

/** The arguments of an Aurora cluster, primary or replica in another region. */
export function clusterArgs(spec: AwsDatabaseSpec, parts: AwsClusterParts): aws.rds.ClusterArgs {
  const { identifier, keys, retain } = parts;
  const { minAcu, maxAcu } = awsCapacities[spec.size];
  return {
    clusterIdentifier: identifier,
    engine: "aurora-postgresql",
    engineMode: "provisioned",
    engineVersion: parts.engineVersion,
    engineLifecycleSupport: "open-source-rds-extended-support-disabled",
    serverlessv2ScalingConfiguration: { minCapacity: minAcu, maxCapacity: maxAcu },
    port: postgresPort,
    iamDatabaseAuthenticationEnabled: true,
    dbSubnetGroupName: parts.subnetGroupName,
    vpcSecurityGroupIds: [parts.securityGroupId],
    dbClusterParameterGroupName: parts.groups.clusterGroup,
    storageEncrypted: true,
    kmsKeyId: keys.data,
    backupRetentionPeriod: spec.backups.retentionDays,
    preferredBackupWindow: parts.windows.backup,
    preferredMaintenanceWindow: parts.windows.maintenance,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: !retain,
    deletionProtection: retain,
    skipFinalSnapshot: !retain,
    ...(retain ? { finalSnapshotIdentifier: `${identifier}-final` } : {}),
    enabledCloudwatchLogsExports: ["postgresql"],
    databaseInsightsMode: spec.insights,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: keys.data,
    performanceInsightsRetentionPeriod: insightsDays[spec.insights],
    // Changes that need a restart wait for the maintenance window; an approved upgrade does not.
    applyImmediately: spec.upgrade !== undefined,
  };
}
