/** The types of resources that hold what a table says is lost. */
export const lost: Readonly<Record<string, RegExp>> = {
  "the cluster with everything in it": /^aws:eks\/cluster:|^gcp:container\/cluster:/,
  "the topic with its records": /topic:Topic|KafkaTopic/,
  "the cluster with all topics and their records": /kafka\.strimzi\.io\/v1:Kafka /,
  "the database with its data":
    /^aws:rds\/cluster:|^gcp:sql\/database(Instance)?:|postgresql\.cnpg\.io\/v1:Cluster/,
  "the cached data": /helm\.sh\/v3:Release/,
  "the cached data, if the size changes between one shard and several":
    /^gcp:memorystore\/instance:/,
  "the bucket with its objects": /^aws:s3\/bucket:|^gcp:storage\/bucket:/,
  "the messages of the queue": /^aws:sqs\/queue:|^gcp:pubsub\/subscription:/,
  "the keys on Google Cloud, and so everything that they encrypt": /^gcp:kms\/cryptoKey:/,
  "the settings of the whole account or project that it made":
    /^aws:(cfg\/recorder|guardduty\/detector|securityhub\/account):|^gcp:projects\/iAMAuditConfig:/,
  "the archive with its records, and the key that encrypts them":
    /^aws:s3\/bucket:|^gcp:storage\/bucket:/,
  "the access of CI jobs until they use the new pool": /^gcp:iam\/workloadIdentityPool:/,
  "the links of the environment, until they are made again":
    /^aws:ec2(transitgateway)?\/(vpnConnection|customerGateway):|^gcp:compute\/(vPNTunnel|haVpnGateway|routerInterface):/,
  "the zones with all their names": /^aws:route53\/zone:|^gcp:dns\/managedZone:/,
  "the addresses that other cells resolve Google's names at, until their next up":
    /^gcp:compute\/address:/,
  "the access of people, until the trust provider is attached again":
    /^aws:verifiedaccess\/trustProvider:/,
  "the access of people, until its levels are made again":
    /^gcp:accesscontextmanager\/accessLevel:/,
};
