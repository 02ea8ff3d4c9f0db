import { document } from "./passing-aws-account.ts";

/** Data services on AWS that meet every control, with the blueprint's settings. */
export const passingAwsData = {
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    engine: "valkey",
    engineVersion: "8.2",
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    atRestEncryptionEnabled: true,
    userGroupIds: ["prod-aws-use1-cache-users"],
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    numCacheClusters: 2,
    snapshotRetentionLimit: 7,
  },
  "aws:msk/cluster:Cluster": {
    clusterName: "prod-aws-use1-stream",
    kafkaVersion: "4.1.x.kraft",
    brokerNodeGroupInfo: {
      clientSubnets: ["subnet-1"],
      connectivityInfo: { publicAccess: { type: "DISABLED" } },
    },
    clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
    encryptionInfo: {
      encryptionAtRestKmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
      encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    },
    enhancedMonitoring: "PER_TOPIC_PER_BROKER",
    loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: "brokers" } } },
  },
  "aws:rds/cluster:Cluster": {
    clusterIdentifier: "prod-aws-use1-database",
    engine: "aurora-postgresql",
    // The last version whose default parameters do not require TLS.
    engineVersion: "16",
    storageEncrypted: true,
    iamDatabaseAuthenticationEnabled: true,
    dbClusterParameterGroupName: "prod-aws-use1-database-16",
    backupRetentionPeriod: 35,
    deletionProtection: true,
    enabledCloudwatchLogsExports: ["postgresql"],
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    clusterIdentifier: "prod-aws-use1-database",
    engine: "aurora-postgresql",
    availabilityZone: "us-east-1a",
    publiclyAccessible: false,
    autoMinorVersionUpgrade: true,
  },
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": {
    family: "aurora-postgresql16",
    parameters: [
      { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
      { name: "pgaudit.log", value: "ddl,role", applyMethod: "immediate" },
    ],
  },
  "aws:rds/instance:Instance": {
    engine: "mysql",
    engineVersion: "8.4",
    storageEncrypted: true,
    publiclyAccessible: false,
    iamDatabaseAuthenticationEnabled: true,
    parameterGroupName: "prod-mysql",
    backupRetentionPeriod: 7,
    multiAz: true,
    deletionProtection: true,
    enabledCloudwatchLogsExports: ["audit", "error"],
    autoMinorVersionUpgrade: true,
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    family: "mysql8.4",
    parameters: [{ name: "require_secure_transport", value: "ON" }],
  },
  "aws:sqs/queue:Queue": { name: "prod-aws-use1-interruptions", sqsManagedSseEnabled: true },
  "aws:sqs/queuePolicy:QueuePolicy": {
    queueUrl: "https://sqs.us-east-1.amazonaws.com/111122223333/prod-aws-use1-interruptions",
    policy: document(
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: "arn:aws:sqs:us-east-1:111122223333:prod-aws-use1-interruptions",
      },
      {
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: "arn:aws:sqs:us-east-1:111122223333:prod-aws-use1-interruptions",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ),
  },
} as const;
