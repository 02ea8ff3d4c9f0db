// What is registered with the engine, and the objects of CloudNativePG 1.30. Does not prove what its operator creates.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import { OnpremDatabase } from "../../../components/database/onprem.ts";
import { checkKubernetes } from "../../../simulator/schema/index.ts";
import { onpremOwnership } from "../../support/data-args.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { onpremSpec } from "./fixture.ts";

type Spec = ConstructorParameters<typeof OnpremDatabase>[1]["spec"];

const build = (changes: Partial<Spec> = {}, retain = true) =>
  inventory(() => {
    const provider = new kubernetes.Provider("site", { kubeconfig: "apiVersion: v1" });
    return new OnpremDatabase("database", {
      ownership: onpremOwnership,
      retain,
      spec: { ...onpremSpec, ...changes },
      cluster: { provider },
    });
  });

const clusterType = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const specOf = ({ inputs }: Registered) => inputs.spec as Record<string, Record<string, unknown>>;

describe("what a database on premises registers", async () => {
  const all = await build();
  const cluster = only(all, clusterType);

  test("operator and plugin, a namespace with its policies, and the objects of the database", () => {
    assert.deepEqual(counts(all), {
      "atoll:database:IsolatedNamespace": 2,
      "atoll:database:OnpremDatabase": 1,
      "atoll:database:OnpremDatabaseOperator": 1,
      "kubernetes:barmancloud.cnpg.io/v1:ObjectStore": 1,
      "kubernetes:core/v1:Namespace": 2,
      "kubernetes:helm.sh/v3:Release": 2,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy": 12,
      "kubernetes:policy/v1:PodDisruptionBudget": 1,
      "kubernetes:postgresql.cnpg.io/v1:Cluster": 1,
      "kubernetes:postgresql.cnpg.io/v1:ImageCatalog": 1,
      "kubernetes:postgresql.cnpg.io/v1:Pooler": 1,
      "kubernetes:postgresql.cnpg.io/v1:ScheduledBackup": 1,
      "pulumi:providers:kubernetes": 1,
    });
  });

  test("an API server accepts all of its objects", () => {
    const objects = all.filter(
      ({ type }) => type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm"),
    );
    assert.deepEqual(
      objects.flatMap(({ inputs }) => checkKubernetes(inputs)),
      [],
    );
  });

  test("two of three instances have every commit, in different zones", () => {
    const spec = specOf(cluster);
    assert.equal(spec.instances, 3);
    assert.deepEqual(spec.postgresql?.synchronous, {
      method: "any",
      number: 1,
      dataDurability: "required",
      failoverQuorum: true,
    });
    assert.equal(spec.affinity?.topologyKey, "topology.kubernetes.io/zone");
    assert.deepEqual(spec.affinity?.nodeSelector, { "atoll.dev/class": "stateful" });
  });

  test("TLS is required, and there is no superuser password", () => {
    const spec = specOf(cluster);
    assert.deepEqual(spec.postgresql?.pg_hba, ["hostnossl all all all reject"]);
    const parameters = spec.postgresql?.parameters as Record<string, string>;
    assert.equal(parameters.ssl_min_protocol_version, "TLSv1.3");
    assert.equal(spec.enableSuperuserAccess, false);
    const pooler = specOf(only(all, "kubernetes:postgresql.cnpg.io/v1:Pooler"));
    assert.equal(pooler.pgbouncer?.poolMode, "transaction");
    assert.deepEqual(pooler.pgbouncer?.parameters, {
      client_tls_sslmode: "require",
      max_client_conn: "1000",
      default_pool_size: "90",
      max_db_connections: "90",
    });
  });

  test("write-ahead logs are archived by the plugin, with a base backup a day and 35 days kept", () => {
    assert.deepEqual(specOf(cluster).plugins, [
      {
        name: "barman-cloud.cloudnative-pg.io",
        enabled: true,
        isWALArchiver: true,
        parameters: { barmanObjectName: "prod-onprem-sel-database-archive" },
      },
    ]);
    const store = only(all, "kubernetes:barmancloud.cnpg.io/v1:ObjectStore").inputs;
    assert.equal((store.metadata as { name: string }).name, "prod-onprem-sel-database-archive");
    assert.equal((store.spec as { retentionPolicy: string }).retentionPolicy, "35d");
    const backup = specOf(only(all, "kubernetes:postgresql.cnpg.io/v1:ScheduledBackup"));
    assert.equal(backup.schedule, "0 0 2 * * *");
    assert.equal(backup.method, "plugin");
  });

  test("its namespace denies all traffic except what a policy allows", () => {
    const namespace = only(all, "kubernetes:core/v1:Namespace", "database-namespace");
    const { labels } = namespace.inputs.metadata as { labels: Record<string, string> };
    assert.equal(labels["pod-security.kubernetes.io/enforce"], "restricted");
    const policies = all.filter(
      ({ type, parent }) => type.endsWith(":NetworkPolicy") && parent === "database-namespace",
    );
    assert.deepEqual(
      policies.map(({ inputs }) => (inputs.metadata as { name: string }).name).sort(),
      ["api-server", "archive", "deny", "dns", "operator", "within"],
    );
  });

  test("a permanent one is retained, and a major version does not change without an upgrade", () => {
    assert.deepEqual([cluster.protect, cluster.retainOnDelete], [true, true]);
    assert.deepEqual(cluster.ignoreChanges, ["spec.imageCatalogRef.major"]);
    assert.equal((specOf(cluster).imageCatalogRef as { major: number }).major, 17);
  });
});

describe("what settings of a database on premises change", () => {
  test("a new generation writes to another folder of the archive, under the same names", async () => {
    const parametersOf = (cluster: Registered) => {
      const [plugin] = specOf(cluster).plugins as unknown as { parameters: object }[];
      return plugin?.parameters;
    };
    const first = only(await build(), clusterType);
    const second = only(await build({ generation: 2 }), clusterType);
    const barmanObjectName = "prod-onprem-sel-database-archive";
    assert.deepEqual(parametersOf(first), { barmanObjectName });
    assert.deepEqual(parametersOf(second), {
      barmanObjectName,
      serverName: "prod-onprem-sel-database-2",
    });
    assert.deepEqual(second.inputs.metadata, first.inputs.metadata);
  });

  test("an approved upgrade changes one number", async () => {
    const upgrade = { to: "18", approvedBy: "dba", change: "CHG-1" } as const;
    const cluster = only(await build({ upgrade }), clusterType);
    assert.equal((specOf(cluster).imageCatalogRef as { major: number }).major, 18);
    assert.deepEqual(cluster.ignoreChanges, []);
  });

  test("named namespaces may connect, and an existing operator is not installed", async () => {
    const all = await build({ clientNamespaces: ["orders"], operator: "present" }, false);
    const clients = only(
      all,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      "database-namespace-clients",
    );
    assert.match(JSON.stringify(clients.inputs.spec), /"values":\["orders"\].*"port":5432/);
    assert.ok(all.every(({ type }) => type !== "kubernetes:helm.sh/v3:Release"));
    assert.ok(all.every(({ protect, retainOnDelete }) => !protect && !retainOnDelete));
  });

  test("for an object store by address only that address is allowed", async () => {
    const archive = { ...onpremSpec.archive, endpoint: "https://10.40.0.9:9000" };
    const all = await build({ archive, podMonitor: true });
    const policy = only(
      all,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      "database-namespace-archive",
    );
    assert.deepEqual((policy.inputs.spec as { egress: unknown }).egress, [
      { to: [{ ipBlock: { cidr: "10.40.0.9/32" } }], ports: [{ protocol: "TCP", port: 9000 }] },
    ]);
    assert.deepEqual(
      all
        .filter(({ type }) => type.endsWith(":PodMonitor"))
        .map(({ name }) => name)
        .sort(),
      ["database-metrics", "database-metrics-pooler"],
    );
  });
});

describe("replication slots", () => {
  const postgres = async (changes: Partial<Spec>) => {
    const spec = specOf(only(await build(changes), clusterType));
    return {
      parameters: spec.postgresql?.parameters as Record<string, string>,
      rules: spec.postgresql?.pg_hba,
      slots: spec.replicationSlots?.highAvailability as Record<string, unknown>,
    };
  };

  test("slots may fill half of the volume for write-ahead logs", async () => {
    const { parameters, slots } = await postgres({});
    assert.equal(parameters.max_slot_wal_keep_size, "5120MB");
    assert.deepEqual(slots, { enabled: true });
    const storage = { wal: "40 GiB" } as const;
    assert.equal((await postgres({ storage })).parameters.max_slot_wal_keep_size, "20480MB");
  });

  test("those of an outbox are on the standbys, by PostgreSQL itself since 17", async () => {
    for (const version of ["17", "18"] as const) {
      const { parameters, rules, slots } = await postgres({ version, logicalReplication: true });
      assert.deepEqual(slots, { enabled: true, synchronizeLogicalDecoding: true });
      assert.equal(parameters.hot_standby_feedback, "on");
      assert.equal(parameters.sync_replication_slots, "on");
      assert.equal(parameters["pg_failover_slots.synchronize_slot_names"], undefined);
      assert.deepEqual(rules, ["hostnossl all all all reject"]);
    }
  });

  test("and by the extension before", async () => {
    const { parameters, rules, slots } = await postgres({
      version: "16",
      logicalReplication: true,
    });
    assert.deepEqual(slots, { enabled: true, synchronizeLogicalDecoding: true });
    assert.equal(parameters.sync_replication_slots, undefined);
    assert.equal(parameters["pg_failover_slots.synchronize_slot_names"], "name_like:%");
    assert.deepEqual(rules, [
      "hostnossl all all all reject",
      "hostssl all streaming_replica all cert",
    ]);
  });
});

describe("clients of the pooler", () => {
  test("verify its name in the instances' certificate", async () => {
    const all = await build({ namespace: "orders-database" });
    const { certificates } = specOf(only(all, clusterType));
    const pooler = only(all, "kubernetes:postgresql.cnpg.io/v1:Pooler").inputs.metadata as {
      name: string;
    };
    assert.equal(pooler.name, "prod-onprem-sel-database-pool");
    assert.deepEqual(certificates?.serverAltDNSNames, [
      pooler.name,
      `${pooler.name}.orders-database`,
      `${pooler.name}.orders-database.svc`,
      `${pooler.name}.orders-database.svc.cluster.local`,
    ]);
  });

  test("get what other services leave of the connections", async () => {
    const otherConnections = [{ what: "the schema registry", connections: 40 }];
    const pooler = specOf(
      only(await build({ otherConnections }), "kubernetes:postgresql.cnpg.io/v1:Pooler"),
    );
    const { default_pool_size, max_db_connections } = (pooler.pgbouncer?.parameters ??
      {}) as Record<string, string>;
    // 200, less 20 that stay free, less 40, for two poolers.
    assert.deepEqual([default_pool_size, max_db_connections], ["70", "70"]);
  });
});

test("a deployment waits until the cluster is ready", async () => {
  const { inputs, createTimeout } = only(await build(), clusterType);
  const { annotations } = inputs.metadata as { annotations: Record<string, string> };
  assert.equal(annotations["pulumi.com/waitFor"], "condition=Ready");
  assert.equal(createTimeout, "30m");
});
