/** Settings that the sample does not have, and other values for strings whose form only their schemas know. */

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
  "nodePools.onprem": { pools: { general: { labels, taints } } },
  "stream.aws": {
    topics: { "page-views": topic },
    clients: { storefront: { group: "shop" } },
    storage: { growTo: "200 GiB" },
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
  "cache.gcp": { dataGiB: 1, version: "9" },
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

/** Other values by the end of a field's path. The first that is valid is used. */
export const others: Readonly<Record<string, readonly unknown[]>> = {
  organization: ["o-klmnopqrst"],
  "managedLists.*": ["rslvr-fdl-aaaaaaaaaaaaaaaa"],
  protocol: ["udp"],
  cidrs: [["198.51.100.0/24"]],
  ports: [[8443]],
  principalArn: ["arn:aws:iam::111122223333:role/other"],
  policy: ["view"],
  namespaces: [["shop"]],
  "addons.*": ["v1.13.3-eksbuild.1"],
  "cluster.serviceCidr": ["172.21.0.0/16"],
  "network.serviceCidr": ["10.62.0.0/16"],
  podCidr: ["10.63.0.0/16"],
  nodeCidr: ["10.40.0.0/17"],
  loadBalancerCidr: ["10.40.200.0/24"],
  "authorizedNetworks.*": ["203.0.113.0/24"],
  timeZone: ["Europe/Paris", "Asia/Tokyo"],
  start: ["02:00"],
  securityGroup: [undefined],
  notificationTopic: ["projects/acme-prod/topics/other", undefined],
  usageDataset: ["other", undefined],
  "kubeconfig.configKey": ["other"],
  "labels.*": ["b"],
  "taints.*.value": ["b"],
  from: ["09:00"],
  to: ["19:00"],
  architectures: [["amd64"], ["arm64"]],
  families: [["m7i"], ["m7g"], ["n2"], ["c4"]],
  nodes: [["sel-a2", "sel-b2"]],
  group: ["other"],
  produce: [["page-views"], []],
  consume: [["page-views"], []],
  cpu: ["4"],
  principal: ["orders@atoll-local.iam.gserviceaccount.com"],
  replicationFactor: [2],
  minInsyncReplicas: [1],
  tiered: [false],
  growTo: ["400 GiB", undefined],
  namespace: ["elsewhere"],
  storageClass: ["slow"],
  className: ["slow"],
  rackLabel: ["example.com/rack"],
  databaseName: ["other"],
  "archive.path": ["s3://elsewhere/local"],
  endpoint: ["https://elsewhere.example"],
  credentialsSecret: ["other"],
  authoritySecret: ["other"],
  passwordsSecret: ["other"],
  issuer: ["https://elsewhere.example"],
  keys: [["other:*"]],
  functionArn: ["arn:aws:lambda:us-east-1:111122223333:function:other"],
  "rotation.topic": ["projects/atoll-local/topics/other"],
  firstAt: ["2028-01-31T09:00:00Z"],
  description: ["something else"],
  store: ["other"],
  "vault.server": ["https://elsewhere.example:8200"],
  "vault.path": ["other"],
  "vault.role": ["other"],
  mountPath: ["other"],
  authorityConfigMap: ["other"],
  cleanup: ["compact", "delete", "compact-and-delete"],
  erasure: ["tombstones", "expiry"],
  definition: ['{"type":"record","name":"Other","fields":[]}'],
  only: ["birch"],
  most: [7],
  "outbox.database": ["other"],
  "outbox.user": ["other"],
  "outbox.schema": ["other"],
  "outbox.table": ["other"],
  subjectColumn: ["other"],
  passwordSecret: ["payment-provider"],
  bucketArn: ["arn:aws:s3:::other-plugins"],
  fileKey: ["other.zip"],
  objectVersion: ["b"],
  serviceAccount: ["other"],
  "lock.days": [100],
  "lock.mode": ["compliance"],
  sampling: [0.5],
  edition: ["ENTERPRISE"],
  generation: [2],
  size: ["large"],
  brokersPerZone: [2],
  jwks: ['{"keys":[]}'],
  clientNamespaces: [["shop"]],
};

/** Fields that one section of the sample cannot change alone, and why. */
export const elsewhere: readonly (readonly [field: RegExp, reason: string])[] = [
  [/\bexisting\b/, "the sample makes its networks and buckets"],
  [/\breplicateTo\b/, "it needs a second cell: test/e2e/replication"],
  [/^eventSourcing\.\w+\.registry\./, "it reads a password of the stack's config"],
  [/^identity\.onprem\.(aws|issuer|gcp)/, "they come from the cell that workloads sign in through"],
  [/^identity\.\w+\.workloads\.\*\.(aws|gcp)$/, "grants name resources of another cell"],
  [
    /^cluster\.onprem\.(fleet|kubeconfig|version|networkPolicy|capabilities|apiServerPort|defaultClasses)/,
    "facts of a site",
  ],
  [/^objectStore\.onprem\./, "the sample has no object store on-premises"],
  [/^cache\.onprem\./, "the sample has no cache on-premises"],
  [/^eventSourcing\.onprem\.outbox/, "the sample has no outbox on-premises"],
  [/^network\.aws\.places/, "the sample's zones have the places of their order"],
  [/\bprincipal$/, "of another cloud"],
  [/^stream\.(aws|gcp)\.clients\.\*\.quota/, "unsupported"],
  [/^(stream|eventSourcing)\.(gcp|onprem)\..*localRetention$/, "unsupported"],
  [/^eventSourcing\.\w+\.aggregates\.\*\.(snapshots|readModels)$/, "its topics are the stream's"],
  [/^eventSourcing\.(gcp|onprem)\.aggregates\.\*\.schema/, "unsupported"],
  [/^nodePools\.gcp\.\*\.businessHours$/, "unsupported"],
  [/^nodePools\.onprem\.\*\.(capacity|nodes)$/, "one value, and facts of a site"],
  [/^database\.\w+\.upgrade/, "it goes with the version: test/footprint/changes"],
  [/^secrets\.onprem\.secrets$/, "unsupported"],
  [/\.lock\.mode$/, "an ephemeral environment has no compliance lock: test/footprint/changes"],
  [/^cluster\.aws\.endpointPublicAccess$/, "it goes with publicAccessCidrs"],
  [/^cache\.aws\.version$/, "ElastiCache has one version"],
  [
    /^stream\.aws\.storage\.tiered$/,
    "a topic of the sample is tiered: test/simulator/schema/changes",
  ],
  [/\.(delay|maxMessageSize|exactlyOnce|logical)$/, "unsupported on one of the clouds"],
];
