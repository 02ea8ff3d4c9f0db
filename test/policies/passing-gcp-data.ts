/** Data services, keys and permissions on Google Cloud that meet every control, with the blueprint's settings. */
const grant = { project: "prod", role: "roles/managedkafka.client", member: "group:ops@acme.com" };

export const passingGcpData = {
  "gcp:folder/iAMMember:IAMMember": { folder: "1", role: "roles/browser", member: grant.member },
  "gcp:kms/cryptoKey:CryptoKey": { purpose: "ENCRYPT_DECRYPT", rotationPeriod: "7776000s" },
  "gcp:organizations/iAMMember:IAMMember": {
    orgId: "1",
    role: "roles/browser",
    member: grant.member,
  },
  "gcp:projects/iAMBinding:IAMBinding": {
    project: "prod",
    role: grant.role,
    members: [grant.member],
  },
  "gcp:projects/iAMMember:IAMMember": grant,
  "gcp:pubsub/subscriptionIAMBinding:SubscriptionIAMBinding": {
    subscription: "orders",
    role: "roles/pubsub.subscriber",
    members: [grant.member],
  },
  "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember": {
    subscription: "orders",
    role: "roles/pubsub.subscriber",
    member: grant.member,
  },
  "gcp:pubsub/topic:Topic": {
    name: "orders",
    kmsKeyName: "projects/prod/locations/europe-west1/keyRings/prod-keys/cryptoKeys/queues",
  },
  "gcp:pubsub/topicIAMBinding:TopicIAMBinding": {
    topic: "orders",
    role: "roles/pubsub.publisher",
    members: [grant.member],
  },
  "gcp:pubsub/topicIAMMember:TopicIAMMember": {
    topic: "orders",
    role: "roles/pubsub.publisher",
    member: grant.member,
  },
  "gcp:sql/databaseInstance:DatabaseInstance": {
    databaseVersion: "POSTGRES_17",
    settings: {
      tier: "db-perf-optimized-N-2",
      availabilityType: "REGIONAL",
      backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true },
      ipConfiguration: {
        ipv4Enabled: false,
        sslMode: "ENCRYPTED_ONLY",
        authorizedNetworks: [{ value: "203.0.113.0/24" }],
      },
    },
  },
  "gcp:storage/bucket:Bucket": {
    location: "EUROPE-WEST1",
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
  },
  "gcp:storage/bucketAccessControl:BucketAccessControl": {
    bucket: "prod",
    entity: "group-ops@acme.com",
  },
  "gcp:storage/bucketIAMBinding:BucketIAMBinding": {
    bucket: "prod",
    role: "roles/storage.objectViewer",
    members: [grant.member],
  },
  "gcp:storage/bucketIAMMember:BucketIAMMember": {
    bucket: "prod",
    role: "roles/storage.objectViewer",
    member: grant.member,
  },
};
