/** Settings that the sample does not have. */

type Settings = Record<string, unknown>;

const topic = { retentionSize: "10 GiB", dailyVolume: "1 GiB", minInsyncReplicas: 1 };
const entry = {
  principalArn: "arn:aws:iam::111122223333:role/readers",
  policy: "edit",
  namespaces: ["shop", "other"],
};
/** An aggregate that is no evidence, for every cell. */
export const cart = {
  personalData: { erasure: "tombstones" },
  cleanup: "compact",
  retention: "7 days",
};
const client = { produce: ["page-views"], consume: ["page-views"] };
const schema = { format: "AVRO", definition: '{"type":"record","name":"Order","fields":[]}' };
const order = { retention: "4000 days", dailyVolume: "1 GiB" };
const labels = { team: "a" };
const taints = { gpu: { value: "a", effect: "NoSchedule" } };
const functionArn = "arn:aws:lambda:us-east-1:111122223333:function:rotate";
const outbox = { database: "app", passwordSecret: "outbox" };
const egress = {
  allow: ["a.example.com"],
  to: { office: { cidrs: ["192.0.2.0/24"], protocol: "tcp", ports: [443] } },
};

/** Merged into the sample's settings, by section and cloud. */
export const additions: Readonly<Record<string, Settings>> = {
  "network.aws": {
    egress: { allow: ["a.example.com"] },
    dnsFirewall: {
      blocked: ["bad.example.com"],
      managedLists: { malware: "rslvr-fdl-2c46f2ecbfec4dcc" },
    },
    organization: "o-abcdefghij",
  },
  "network.gcp": { egress },
  "network.onprem": { egress, podCidr: "10.60.0.0/16", serviceCidr: "10.61.0.0/16" },
  "cluster.aws": {
    endpointPublicAccess: true,
    publicAccessCidrs: ["192.0.2.0/24", "198.51.100.0/24"],
    access: { readers: entry },
    addons: { coredns: "v1.13.2-eksbuild.1" },
  },
  "cluster.gcp": {
    authorizedNetworks: { office: "192.0.2.0/24", vpn: "198.51.100.0/24" },
    securityGroup: "gke-security-groups@acme.example",
    notificationTopic: "projects/acme-prod/topics/notices",
    usageDataset: "usage",
  },
  "nodePools.aws": { pools: { general: { labels, taints }, batch: { architectures: ["arm64"] } } },
  "nodePools.gcp": { pools: { general: { labels, taints, networkTags: ["a", "b"] } } },
  "nodePools.onprem": {
    pools: { general: { labels, taints, allocatable: { cpu: 15, memory: "60 GiB" } } },
  },
  "tenancy.aws": { own: { cpu: 4, pods: 20 }, quotas: { iamRoles: 5000, keys: 200_000 } },
  "tenancy.gcp": { own: { cpu: 4, pods: 20 }, quotas: { keys: 5000, buckets: 5000 } },
  "tenancy.onprem": { own: { cpu: 4, pods: 20 }, quotas: { keys: 5000, buckets: 5000 } },
  "stream.aws": {
    topics: { "page-views": topic },
    clients: { storefront: { group: "shop" } },
    storage: { size: "100 GiB", growTo: "400 GiB" },
    version: "4.0.x.kraft",
    brokersPerZone: 2,
  },
  "stream.gcp": {
    topics: { "page-views": topic },
    clients: { storefront: { ...client, group: "shop" } },
    brokerDisk: "200 GiB",
    administrators: [
      "kafka-admin@atoll-local.iam.gserviceaccount.com",
      "other@atoll-local.iam.gserviceaccount.com",
    ],
  },
  "stream.onprem": {
    topics: { "page-views": topic },
    clients: {
      storefront: { ...client, group: "shop", quota: { consume: "5 MiB", requestPercent: 50 } },
    },
    brokers: { count: 4, storage: { storageClass: "fast" } },
    controllers: { storage: { storageClass: "fast" } },
    clientNamespaces: ["shop", "other"],
    version: "4.2.1",
  },
  "database.aws": { objectives: { rpo: "10 minutes", rto: "10 minutes" } },
  "database.gcp": {
    backups: { retentionDays: 7 },
    objectives: { rpo: "10 minutes", rto: "10 minutes" },
  },
  "database.onprem": {
    objectives: { rpo: "10 minutes", rto: "10 minutes" },
    connections: 100,
    storage: { className: "fast" },
    archive: { authoritySecret: "ca" },
    clientNamespaces: ["shop", "other"],
  },
  "cache.aws": { dataGiB: 1 },
  "cache.gcp": { dataGiB: 1, version: "8" },
  "objectStore.aws": {
    buckets: {
      uploads: { lifecycle: { expireAfterDays: 400 } },
      invoices: { lock: { mode: "governance", days: 365 } },
    },
  },
  "objectStore.gcp": {
    buckets: {
      uploads: { lifecycle: { expireAfterDays: 400 } },
      invoices: { lock: { mode: "governance", days: 365 } },
    },
  },
  "secrets.aws": {
    secrets: { outbox: { rotation: { functionArn, everyDays: 30 } } },
    externalSecrets: { namespaces: ["shop", "other"] },
  },
  "secrets.gcp": {
    secrets: {
      "payment-provider": {
        rotation: {
          topic: "projects/atoll-local/topics/rotate",
          everyDays: 30,
          firstAt: "2027-01-31T09:00:00Z",
        },
      },
    },
    externalSecrets: { namespaces: ["shop", "other"] },
  },
  "secrets.onprem": {
    vault: { authorityConfigMap: "ca" },
    externalSecrets: { namespaces: ["shop", "other"] },
  },
  "eventSourcing.aws": {
    aggregates: { order: { ...order, localRetention: "7 days", schema } },
    outbox: { ...outbox, plugin: { objectVersion: "a" } },
  },
  "eventSourcing.gcp": { aggregates: { order }, outbox: { database: "app" } },
  "eventSourcing.onprem": { aggregates: { order } },
  "identity.gcp": {
    workloads: {
      reports: {
        namespace: "shop",
        serviceAccount: "reports",
        account: true,
        grants: [{ kind: "bucket", name: "uploads", may: ["read"] }],
      },
    },
  },
};
