import { atMost, type Combination, type Given } from "./combination.ts";

// Sources: Amazon MSK developer guide ("Broker types", "Supported Apache Kafka versions", "Tiered storage"); Amazon ElastiCache,
// Aurora and S3 user guides and API references, where the service refuses the call.

const broker = "brokerNodeGroupInfo.instanceType";

const mskCluster: readonly Combination[] = [
  {
    property: broker,
    refuse: (given) => {
      if (!given.is(broker, "kafka.t3.small")) return undefined;
      if (given.text("kafkaVersion")?.endsWith(".kraft")) {
        return "kafka.t3.small does not support KRaft";
      }
      return given.is("storageMode", "TIERED")
        ? "kafka.t3.small does not support tiered storage"
        : undefined;
    },
  },
  {
    property: "kafkaVersion",
    refuse: (given) =>
      given.is("kafkaVersion", "4.2.x.kraft") && given.text(broker)?.startsWith("kafka.")
        ? "4.2.x.kraft is only supported by Express brokers"
        : undefined,
  },
  {
    property: "numberOfBrokerNodes",
    refuse: (given) => {
      const zones = given.list("brokerNodeGroupInfo.clientSubnets")?.length;
      const brokers = given.number("numberOfBrokerNodes");
      return zones === undefined || brokers === undefined || brokers % zones === 0
        ? undefined
        : `must be a multiple of the ${zones} client subnets, got ${brokers}`;
    },
  },
  ...logsTo("cloudwatchLogs", "logGroup"),
  ...logsTo("s3", "bucket"),
];

function logsTo(kind: string, target: string): Combination[] {
  const at = `loggingInfo.brokerLogs.${kind}`;
  return [
    {
      property: `${at}.${target}`,
      refuse: (given) =>
        given.is(`${at}.enabled`, true) && !given.has(`${at}.${target}`)
          ? "is required if these logs are enabled"
          : undefined,
    },
  ];
}

const replicationGroup: readonly Combination[] = [
  {
    property: "userGroupIds",
    refuse: (given) =>
      given.holds("userGroupIds") && given.is("transitEncryptionEnabled", false, false)
        ? "requires transitEncryptionEnabled: users sign in only over TLS"
        : undefined,
  },
  {
    property: "multiAzEnabled",
    refuse: (given) =>
      given.is("multiAzEnabled", true) && given.is("automaticFailoverEnabled", false, false)
        ? "requires automaticFailoverEnabled"
        : undefined,
  },
  {
    property: "automaticFailoverEnabled",
    refuse: (given) => {
      const copies = given.number("numCacheClusters") ?? given.number("replicasPerNodeGroup");
      const least = given.has("numCacheClusters") ? 2 : 1;
      return given.is("automaticFailoverEnabled", true) && copies !== undefined && copies < least
        ? "requires at least one replica"
        : undefined;
    },
  },
];

const cacheUser: readonly Combination[] = [
  {
    property: "authenticationMode",
    refuse: (given) =>
      given.has("authenticationMode") || given.has("passwords") || given.holds("noPasswordRequired")
        ? undefined
        : "one of authenticationMode, passwords and noPasswordRequired must be given",
  },
  {
    property: "userName",
    refuse: (given) => {
      const [id, name] = [given.text("userId"), given.text("userName")];
      return given.is("authenticationMode.type", "iam") && id && name && id !== name
        ? `must be the same as userId for a user with IAM authentication, got "${name}" and "${id}"`
        : undefined;
    },
  },
];

const rdsCluster: readonly Combination[] = [
  {
    property: "databaseInsightsMode",
    refuse: (given) =>
      given.is("databaseInsightsMode", "advanced") &&
      (given.is("performanceInsightsEnabled", false, false) ||
        (given.number("performanceInsightsRetentionPeriod") ?? 0) < 465)
        ? "advanced requires performanceInsightsEnabled and performanceInsightsRetentionPeriod 465"
        : undefined,
  },
];

const clusterInstance: readonly Combination[] = [
  {
    property: "monitoringRoleArn",
    refuse: (given) =>
      (given.number("monitoringInterval") ?? 0) > 0 && !given.has("monitoringRoleArn")
        ? "is required if monitoringInterval is not 0"
        : undefined,
  },
];

const proxy: readonly Combination[] = [
  {
    property: "auths",
    refuse: (given) =>
      given.is("defaultAuthScheme", "NONE", "NONE") && !given.holds("auths")
        ? "is required with defaultAuthScheme NONE"
        : undefined,
  },
  {
    property: "requireTls",
    refuse: (given) => {
      const byIam =
        given.is("defaultAuthScheme", "IAM_AUTH") ||
        given.list("auths")?.some((_, index) => given.is(`auths.${index}.iamAuth`, "REQUIRED"));
      return byIam && given.is("requireTls", false, false)
        ? "must be true if clients sign in with IAM"
        : undefined;
    },
  },
];

const targetGroup: readonly Combination[] = [
  {
    property: "connectionPoolConfig.maxIdleConnectionsPercent",
    refuse: (given) =>
      atMost(
        given,
        "connectionPoolConfig.maxIdleConnectionsPercent",
        "connectionPoolConfig.maxConnectionsPercent",
      ),
  },
];

/** A check of each item of a list. */
function each(list: string, of: (given: Given, at: string) => string | undefined): Combination[] {
  return [
    {
      property: list,
      refuse: (given) =>
        (given.list(list) ?? [])
          .map((_, index) => of(given, `${list}.${index}`))
          .find((reason) => reason !== undefined),
    },
  ];
}

const replication = each("rules", (given, at) => {
  if (given.has(`${at}.filter`) && !given.has(`${at}.deleteMarkerReplication`)) {
    return "must have deleteMarkerReplication if there is a filter";
  }
  if (given.has(`${at}.destination.replicationTime`) && !given.has(`${at}.destination.metrics`)) {
    return "must have metrics if there is a replicationTime";
  }
  return given.is(`${at}.sourceSelectionCriteria.sseKmsEncryptedObjects.status`, "Enabled") &&
    !given.has(`${at}.destination.encryptionConfiguration.replicaKmsKeyId`)
    ? "must have replicaKmsKeyId if objects encrypted with KMS are copied"
    : undefined;
});

const deeds = [
  "abortIncompleteMultipartUpload",
  "expiration",
  "noncurrentVersionExpiration",
  "noncurrentVersionTransitions",
  "transitions",
];

const lifecycle = each("rules", (given, at) => {
  if (deeds.every((deed) => !given.has(`${at}.${deed}`))) return "must have an action";
  return given.holds(`${at}.expiration.expiredObjectDeleteMarker`) &&
    (given.has(`${at}.expiration.days`) || given.has(`${at}.expiration.date`))
    ? "cannot have days or a date together with expiredObjectDeleteMarker"
    : undefined;
});

const trail: readonly Combination[] = [
  {
    property: "advancedEventSelectors",
    refuse: (given) =>
      given.holds("eventSelectors") && given.holds("advancedEventSelectors")
        ? "cannot be set together with eventSelectors"
        : undefined,
  },
];

/** Combinations of AWS types that store or record data. */
export const awsData: Readonly<Record<string, readonly Combination[]>> = {
  "aws:cloudtrail/trail:Trail": trail,
  "aws:elasticache/replicationGroup:ReplicationGroup": replicationGroup,
  "aws:elasticache/user:User": cacheUser,
  "aws:msk/cluster:Cluster": mskCluster,
  "aws:rds/cluster:Cluster": rdsCluster,
  "aws:rds/clusterInstance:ClusterInstance": clusterInstance,
  "aws:rds/proxy:Proxy": proxy,
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": targetGroup,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": lifecycle,
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": replication,
};
