// What operators report of objects, without engine. That they create what they report is not simulated.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { InitFailed } from "../../../simulator/init-failed.ts";
import type { Bag } from "../../../simulator/wire.ts";
import { kubeconfig, type Played, playedCloud } from "../../support/played-cloud.ts";

const at = (server: string, site: Bag) => ({
  kubeconfig: kubeconfig(`https://${server}.example:6443`, { version: "v1.35.2", ...site }),
});
const seoul = at("seoul", { storageClasses: ["local-path"], defaultClasses: {} });
/** Where Strimzi, CloudNativePG and cert-manager are installed by the site. */
const busan = at("busan", {
  apis: [
    "kafka.strimzi.io/v1",
    "postgresql.cnpg.io/v1",
    "barmancloud.cnpg.io/v1",
    "cert-manager.io/v1",
    "external-secrets.io/v1",
  ],
});
const charts = {
  strimzi: ["oci://quay.io/strimzi-helm/strimzi-kafka-operator", "1.2.0"],
  cnpg: ["cloudnative-pg", "0.29.0"],
  barman: ["plugin-barman-cloud", "0.7.0"],
  certManager: ["cert-manager", "v1.19.0"],
  externalSecrets: ["external-secrets", "2.0.0"],
} as const;

let cloud: Played;
beforeEach(() => {
  cloud = playedCloud();
  for (const [site, config] of Object.entries({ seoul, busan }))
    for (const name of ["data", "operators"])
      cloud.make("kubernetes:core/v1:Namespace", `${site} ${name}`, { metadata: { name } }, config);
});
afterEach(() => cloud.stop());

const release = (key: keyof typeof charts, namespace = "operators", values: Bag = {}) => {
  const [chart, version] = charts[key];
  return cloud.make(
    "kubernetes:helm.sh/v3:Release",
    `${key}-${namespace}`,
    { name: `${key}-${namespace}`, namespace, chart, version, values },
    seoul,
  );
};
const waits = { annotations: { "pulumi.com/waitFor": "condition=Ready" } };
const object = (kind: string, name: string, spec: Bag, metadata: Bag = {}, config: Bag = seoul) =>
  cloud.make(
    `kubernetes:${kind}`,
    `${kind} ${name}`,
    {
      metadata: {
        name,
        ...(/:Cluster(?:Issuer|Secret)/.test(kind) ? {} : { namespace: "data" }),
        ...metadata,
      },
      spec,
    },
    config,
  );
const failure = (work: () => unknown): InitFailed => {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof InitFailed, String(error));
    return error;
  }
  assert.fail("it became ready");
};
const failed = (work: () => unknown, words: RegExp) => assert.match(failure(work).message, words);

const KAFKA = "kafka.strimzi.io/v1";
const kafka = (config: Bag = seoul) =>
  object(
    `${KAFKA}:Kafka`,
    "events",
    { kafka: { listeners: [{ name: "tls", port: 9093, type: "internal", tls: true }] } },
    waits,
    config,
  );
const pool = (role: string, volume: Bag = { class: "local-path" }, config: Bag = seoul) =>
  object(
    `${KAFKA}:KafkaNodePool`,
    role,
    {
      replicas: 3,
      roles: [role],
      storage: {
        type: "jbod",
        volumes: [{ id: 0, type: "persistent-claim", size: "10Gi", ...volume }],
      },
    },
    { labels: { "strimzi.io/cluster": "events" } },
    config,
  );

describe("a Kafka is ready", () => {
  test("with an operator that watches its namespace", () => {
    release("strimzi");
    pool("controller");
    pool("broker");
    const late = failure(kafka);
    assert.equal(
      late.message.replace(/ \(its status in the embedded cloud: .*/, ""),
      "resource data/events was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live: timed out waiting for the condition",
    );
    assert.match(
      late.message,
      /there is no release of strimzi-kafka-operator that watches namespace data/,
    );
    const [condition] = (late.resource.state.status as { conditions: Bag[] }).conditions;
    assert.deepEqual([condition?.type, condition?.status], ["NotReady", "True"]);

    release("strimzi", "data");
    const ready = late.again?.();
    assert.deepEqual(ready?.state.status, { conditions: [{ type: "Ready", status: "True" }] });
  });

  test("with the operator for all namespaces, and pools for both roles", () => {
    release("strimzi", "operators", { watchAnyNamespace: true });
    failed(kafka, /no KafkaNodePool with the role controller and none with broker/);
    const created = cloud.store.byUrn(
      `urn:pulumi:test::rig::kubernetes:${KAFKA}:Kafka::${KAFKA}:Kafka events`,
    );
    assert.equal(created.length, 1, "the object exists");
  });

  test("with one pool of each role, and a StorageClass that exists", () => {
    release("strimzi", "data");
    pool("controller", {});
    failed(kafka, /no KafkaNodePool with the role broker/);
  });

  test("not while its volumes are pending", () => {
    release("strimzi", "data");
    pool("controller");
    pool("broker", { class: "fast" });
    failed(kafka, /storageclass\.storage\.k8s\.io "fast" not found/);
  });

  test("with pools only, where the site has the operator and does not describe its classes", () => {
    failed(() => kafka(busan), /no KafkaNodePool/);
    pool("controller", {}, busan);
    pool("broker", { class: "fast" }, busan);
    const again = cloud.store.byUrn(
      `urn:pulumi:test::rig::kubernetes:${KAFKA}:Kafka::${KAFKA}:Kafka events`,
    )[0];
    assert.ok(again);
    const updated = cloud.update(again, again.inputs, busan);
    assert.deepEqual(updated.state.status, { conditions: [{ type: "Ready", status: "True" }] });
  });
});

test("an update that is not ready has the provider's other message", () => {
  failed(() => kafka(busan), /no KafkaNodePool/);
  const urn = `urn:pulumi:test::rig::kubernetes:${KAFKA}:Kafka::${KAFKA}:Kafka events`;
  const [existing] = cloud.store.byUrn(urn);
  assert.ok(existing);
  const late = failure(() => cloud.update(existing, existing.inputs, busan));
  assert.match(
    late.message,
    /^the Kubernetes API server reported that "data\/events" failed to fully initialize or become live: timed out waiting for the condition/,
  );
});

test("what is not waited for only says so in its status", () => {
  const topic = object(
    `${KAFKA}:KafkaTopic`,
    "orders",
    { partitions: 3 },
    { labels: { "strimzi.io/cluster": "events" } },
    busan,
  );
  assert.deepEqual(topic.state.status, {
    conditions: [
      {
        type: "NotReady",
        status: "True",
        message: 'Kafka "events" does not exist in namespace data',
      },
    ],
  });
});

test("Kafka Connect needs its Kafka, which must be ready", () => {
  const connect = (bootstrapServers: string, name: string) =>
    object(
      `${KAFKA}:KafkaConnect`,
      name,
      {
        replicas: 1,
        bootstrapServers,
        groupId: "g",
        configStorageTopic: "c",
        offsetStorageTopic: "o",
        statusStorageTopic: "s",
      },
      waits,
      busan,
    );
  const inside = "events-kafka-bootstrap.data.svc:9093";
  failed(() => connect(inside, "a"), /Kafka "events" does not exist in namespace data/);
  failed(() => kafka(busan), /no KafkaNodePool/);
  failed(() => connect(inside, "b"), /Kafka "events" is not ready/);
  connect("b-1.prod.kafka.us-east-1.amazonaws.com:9094", "c");
});

describe("a CloudNativePG cluster is ready", () => {
  const archive = (name: string) => ({
    name: "barman-cloud.cloudnative-pg.io",
    isWALArchiver: true,
    parameters: { barmanObjectName: name },
  });
  const cluster = (spec: Bag, name = "shop", config: Bag = seoul) =>
    object(
      "postgresql.cnpg.io/v1:Cluster",
      name,
      { instances: 3, storage: { size: "10Gi", storageClass: "local-path" }, ...spec },
      waits,
      config,
    );
  const store = (config: Bag = seoul) =>
    object(
      "barmancloud.cnpg.io/v1:ObjectStore",
      "archive",
      { configuration: { destinationPath: "s3://b" } },
      {},
      config,
    );

  test("with a StorageClass, or a default one", () => {
    release("cnpg");
    failed(
      () => cluster({ storage: { size: "10Gi" } }),
      /have no StorageClass, and the cluster has no default one/,
    );
    cloud.make(
      "kubernetes:storage.k8s.io/v1:StorageClass",
      "sc",
      {
        metadata: {
          name: "standard",
          annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
        },
        provisioner: "csi.example",
      },
      seoul,
    );
    cluster({ storage: { size: "10Gi" } }, "second");
  });

  test("with its image catalog", () => {
    release("cnpg");
    const spec = {
      imageCatalogRef: {
        apiGroup: "postgresql.cnpg.io",
        kind: "ImageCatalog",
        name: "images",
        major: 17,
      },
    };
    failed(() => cluster(spec), /ImageCatalog "images" does not exist in namespace data/);
  });

  test("with the plugin and the object store of its archive, and of the one that it restores", () => {
    release("cnpg");
    failed(
      () => cluster({ plugins: [archive("archive")] }),
      /there is no release of plugin-barman-cloud/,
    );
    release("barman");
    failed(
      () => cluster({ plugins: [archive("archive")] }, "b"),
      /ObjectStore "archive" does not exist in namespace data/,
    );
    store();
    const { isWALArchiver: _, ...source } = archive("source");
    failed(
      () =>
        cluster(
          {
            plugins: [archive("archive")],
            externalClusters: [{ name: "primary", plugin: source }],
          },
          "c",
        ),
      /ObjectStore "source" does not exist/,
    );
    cluster({ plugins: [archive("archive")] }, "d");
  });
});

test("a Certificate needs its issuer, unless cert-manager is the site's", () => {
  const certificate = (name: string, kind: string, config: Bag = seoul) =>
    object(
      "cert-manager.io/v1:Certificate",
      name,
      { secretName: "tls", dnsNames: ["a.example"], issuerRef: { kind, name: "internal" } },
      waits,
      config,
    );
  release("certManager", "operators", { crds: { enabled: true } });
  failed(() => certificate("a", "ClusterIssuer"), /ClusterIssuer "internal" does not exist/);
  object("cert-manager.io/v1:ClusterIssuer", "internal", { selfSigned: {} });
  certificate("b", "ClusterIssuer");
  failed(() => certificate("c", "Issuer"), /Issuer "internal" does not exist in namespace data/);
  certificate("d", "ClusterIssuer", busan);
});

test("an ExternalSecret needs its store, unless External Secrets is the site's", () => {
  const secret = (name: string, config: Bag = seoul) =>
    object(
      "external-secrets.io/v1:ExternalSecret",
      name,
      { secretStoreRef: { kind: "ClusterSecretStore", name: "vault" }, data: [] },
      waits,
      config,
    );
  release("externalSecrets");
  failed(() => secret("a"), /ClusterSecretStore "vault" does not exist/);
  object("external-secrets.io/v1:ClusterSecretStore", "vault", {
    provider: { fake: { data: [] } },
  });
  secret("b");
  secret("c", busan);
});

test("skipAwait does not wait", () => {
  const metadata = { annotations: { ...waits.annotations, "pulumi.com/skipAwait": "true" } };
  const made = object(
    `${KAFKA}:Kafka`,
    "events",
    { kafka: { listeners: [{ name: "tls", port: 9093, type: "internal", tls: true }] } },
    metadata,
    busan,
  );
  assert.equal(made.id, "data/events");
});
