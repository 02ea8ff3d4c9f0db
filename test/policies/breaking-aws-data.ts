import {
  type Breaking,
  cache,
  type Fine,
  msk,
  rdsCluster,
  rdsClusterInstance,
  rdsInstance,
  type Unknown,
} from "./mutation.ts";
import { document } from "./passing-aws-account.ts";

const queue = "aws:sqs/queue:Queue";
const openQueue = document({
  Effect: "Allow",
  Principal: "*",
  Action: "sqs:SendMessage",
  Resource: "*",
});

const clusterGroup = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
const instanceGroup = "aws:rds/parameterGroup:ParameterGroup";

/** Databases, streams and caches on AWS. */
export const breakingAwsData: readonly Breaking[] = [
  { control: "RDS1", type: rdsCluster, path: "storageEncrypted", value: undefined },
  { control: "RDS1", type: rdsInstance, path: "storageEncrypted", value: false },
  { control: "RDS2", type: rdsInstance, path: "publiclyAccessible", value: true },
  { control: "RDS2", type: rdsClusterInstance, path: "publiclyAccessible", value: true },
  { control: "RDS3", type: rdsCluster, path: "backupRetentionPeriod", value: 6 },
  { control: "RDS3", type: rdsCluster, path: "backupRetentionPeriod", value: undefined },
  { control: "RDS3", type: rdsInstance, path: "backupRetentionPeriod", value: 0 },
  { control: "RDS4", type: rdsInstance, path: "multiAz", value: undefined },
  { control: "RDS5", type: rdsCluster, path: "deletionProtection", value: false },
  { control: "RDS5", type: rdsInstance, path: "deletionProtection", value: undefined },
  { control: "RDS6", type: rdsCluster, path: "enabledCloudwatchLogsExports", value: undefined },
  {
    control: "RDS6",
    type: rdsInstance,
    path: "enabledCloudwatchLogsExports",
    value: ["error"],
    says: "audit is missing",
  },
  {
    control: "RDS7",
    type: rdsCluster,
    path: "iamDatabaseAuthenticationEnabled",
    value: undefined,
  },
  { control: "RDS7", type: rdsInstance, path: "iamDatabaseAuthenticationEnabled", value: false },
  {
    control: "RDS8",
    type: rdsCluster,
    path: "dbClusterParameterGroupName",
    value: undefined,
    says: "rds.force_ssl is off",
  },
  {
    control: "RDS8",
    type: rdsInstance,
    path: "parameterGroupName",
    value: undefined,
    says: "require_secure_transport is off",
  },
  {
    control: "RDS8",
    type: clusterGroup,
    path: "parameters[0].value",
    value: "0",
    says: "parameters.rds.force_ssl",
  },
  { control: "RDS8", type: clusterGroup, path: "parameters", value: undefined },
  {
    control: "RDS8",
    type: clusterGroup,
    path: "family",
    value: "aurora-mysql8.0",
    says: "require",
  },
  { control: "RDS8", type: instanceGroup, path: "parameters", value: [] },
  {
    control: "RDS8",
    type: instanceGroup,
    path: "parameters[0].value",
    value: "OFF",
    says: "without TLS",
  },
  { control: "RDS9", type: rdsCluster, path: "autoMinorVersionUpgrade", value: false },
  { control: "RDS9", type: rdsClusterInstance, path: "autoMinorVersionUpgrade", value: false },
  { control: "RDS9", type: rdsInstance, path: "autoMinorVersionUpgrade", value: false },

  {
    control: "MSK1",
    type: msk,
    path: "encryptionInfo.encryptionInTransit.clientBroker",
    value: "TLS_PLAINTEXT",
  },
  {
    control: "MSK1",
    type: msk,
    path: "encryptionInfo.encryptionInTransit.inCluster",
    value: false,
  },
  {
    control: "MSK2",
    type: msk,
    path: "encryptionInfo",
    value: undefined,
    says: "encryptionAtRestKmsKeyArn",
  },
  {
    control: "MSK3",
    type: msk,
    path: "brokerNodeGroupInfo.connectivityInfo.publicAccess.type",
    value: "SERVICE_PROVIDED_EIPS",
  },
  { control: "MSK4", type: msk, path: "clientAuthentication", value: undefined },
  { control: "MSK4", type: msk, path: "clientAuthentication.unauthenticated", value: true },
  {
    control: "MSK4",
    type: msk,
    path: "clientAuthentication.sasl.iam",
    value: false,
    says: "no authentication method",
  },
  { control: "MSK5", type: msk, path: "loggingInfo", value: undefined, says: "brokerLogs" },
  {
    control: "MSK5",
    type: msk,
    path: "loggingInfo.brokerLogs.cloudwatchLogs.enabled",
    value: false,
    says: "brokerLogs has no destination",
  },
  { control: "MSK5", type: msk, path: "enhancedMonitoring", value: undefined },

  { control: "EC1", type: cache, path: "transitEncryptionEnabled", value: undefined },
  { control: "EC1", type: cache, path: "transitEncryptionMode", value: "preferred" },
  { control: "EC2", type: cache, path: "atRestEncryptionEnabled", value: false },
  { control: "EC3", type: cache, path: "userGroupIds", value: [] },
  { control: "EC4", type: cache, path: "multiAzEnabled", value: undefined },
  { control: "EC4", type: cache, path: "automaticFailoverEnabled", value: false },
  { control: "EC5", type: cache, path: "snapshotRetentionLimit", value: 0 },
  { control: "EC5", type: cache, path: "snapshotRetentionLimit", value: undefined },

  { control: "SQS1", type: queue, path: "sqsManagedSseEnabled", value: false },
  { control: "SQS2", type: queue, path: "policy", value: openQueue },
  { control: "SQS2", type: "aws:sqs/queuePolicy:QueuePolicy", path: "policy", value: openQueue },
];

/** One value each that is unknown until deployment. */
export const unknownsAwsData: readonly Unknown[] = [
  { control: "RDS1", type: rdsCluster, path: "storageEncrypted" },
  { control: "RDS2", type: rdsClusterInstance, path: "publiclyAccessible" },
  { control: "RDS3", type: rdsInstance, path: "backupRetentionPeriod" },
  { control: "RDS4", type: rdsInstance, path: "multiAz" },
  { control: "RDS5", type: rdsCluster, path: "deletionProtection" },
  { control: "RDS6", type: rdsCluster, path: "enabledCloudwatchLogsExports" },
  { control: "RDS7", type: rdsInstance, path: "iamDatabaseAuthenticationEnabled" },
  { control: "RDS8", type: clusterGroup, path: "parameters[0].value" },
  { control: "RDS9", type: rdsInstance, path: "autoMinorVersionUpgrade" },
  { control: "MSK1", type: msk, path: "encryptionInfo.encryptionInTransit.clientBroker" },
  { control: "MSK3", type: msk, path: "brokerNodeGroupInfo.connectivityInfo.publicAccess.type" },
  { control: "MSK4", type: msk, path: "clientAuthentication.unauthenticated" },
  { control: "MSK5", type: msk, path: "enhancedMonitoring" },
  { control: "EC1", type: cache, path: "transitEncryptionMode" },
  { control: "EC2", type: cache, path: "atRestEncryptionEnabled" },
  { control: "EC4", type: cache, path: "multiAzEnabled" },
  { control: "EC5", type: cache, path: "snapshotRetentionLimit" },
  { control: "SQS1", type: queue, path: "sqsManagedSseEnabled" },
  { control: "SQS2", type: queue, path: "policy" },
];

/** Changes that look like violations. */
export const fineAwsData: readonly Fine[] = [
  {
    type: queue,
    path: "sqsManagedSseEnabled",
    value: undefined,
    because: "SQS then encrypts with its own keys",
  },
  {
    type: queue,
    path: "policy",
    value: document({
      Effect: "Allow",
      Principal: "*",
      Action: "sqs:SendMessage",
      Resource: "*",
      Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:orders" } },
    }),
    because: "one topic is meant",
  },
];
