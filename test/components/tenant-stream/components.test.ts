// What is registered with the engine. Does not prove how Kafka's authorizer, Strimzi and External Secrets act on it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import type { Statement } from "../../../components/core/iam.ts";
import { AwsTenantStream } from "../../../components/tenant-stream/aws.ts";
import { GcpTenantStream } from "../../../components/tenant-stream/gcp.ts";
import { OnpremTenantStream } from "../../../components/tenant-stream/onprem.ts";
import { streamPlan } from "../../../components/tenant-stream/plan.ts";
import { streamSettings, streamTier } from "../../../components/tenant-stream/schema.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import { type GivenTenant, tenantOn } from "../../support/tenant-on.ts";
import { refused } from "../stream/accepted.ts";

const settings = streamSettings.parse({
  topics: { orders: { partitions: 3 }, "invoices.paid": { cleanup: "compact" } },
  clients: {
    app: { produce: ["*"], consume: ["*"], services: ["web/storefront"] },
    audit: { consume: ["orders"] },
  },
});
const tier = streamTier.parse({ quota: { consume: "8 MiB" } });

const spec = (cloud: "aws" | "gcp" | "onprem", tenant: GivenTenant = {}) =>
  streamPlan({ isolation: "pool", tier, settings }, tenantOn(cloud, tenant)) as never;
const owned = (tenant = "birch") => ({ ...ownership, tenant });

describe("a tenant's stream on AWS", async () => {
  const clusterArn = "arn:aws:kafka:us-east-1:111122223333:cluster/prod-stream/0a1b-7";
  const granted: Record<string, Statement[]> = {};
  const all = await inventory(() => {
    const stream = new AwsTenantStream("aws-use1-stream", {
      ownership: owned(),
      spec: spec("aws"),
      stream: { clusterArn, bootstrapServers: "b-1:9098" },
    });
    for (const service of ["web/storefront", "jobs/nightly"])
      granted[service] = stream.statementsFor(service);
  });

  test("has its topics on the cluster of the cell, retained, and nothing else", () => {
    assert.deepEqual(counts(all), {
      "atoll:tenant-stream:AwsTenantStream": 1,
      "aws:msk/topic:Topic": 2,
    });
    const { inputs, protect } = only(
      all,
      "aws:msk/topic:Topic",
      "aws-use1-stream-topic-birch.orders",
    );
    assert.deepEqual(
      [inputs.clusterArn, inputs.name, inputs.partitionCount, inputs.replicationFactor, protect],
      [clusterArn, "birch.orders", 3, 3, true],
    );
    assert.deepEqual(refused(all), []);
    const { outputs } = only(all, "atoll:tenant-stream:AwsTenantStream");
    assert.deepEqual(outputs?.topicNames, {
      orders: "birch.orders",
      "invoices.paid": "birch.invoices.paid",
    });
  });

  test("grants a service what its clients may do", async () => {
    assert.deepEqual(granted["jobs/nightly"], []);
    const statements = granted["web/storefront"] ?? [];
    assert.deepEqual(
      statements.map(({ sid }) => sid),
      ["Connect", "Produce", "Consume", "Groups", "Transactions"],
    );
  });
});

describe("a tenant's stream on Google Cloud", async () => {
  const build = (id: string) =>
    inventory(
      () =>
        new GcpTenantStream("gcp-euw1-stream", {
          ownership: owned(id),
          spec: spec("gcp", { id }),
          stream: { clusterId: "prod-gcp-euw1-stream", bootstrapServers: "bootstrap:9092" },
        }),
    );
  const aclsOf = (all: readonly Registered[]) =>
    all.filter(({ type }) => type === "gcp:managedkafka/acl:Acl").map(({ inputs }) => inputs);
  const [all, other] = await Promise.all([build("birch"), build("birch2")]);

  test("grants topic, group and transactional id together, by its prefix or names with it", () => {
    assert.deepEqual(
      aclsOf(all)
        .map(({ aclId }) => aclId)
        .sort(),
      [
        "consumerGroup/birch.app",
        "consumerGroupPrefixed/birch.app.",
        "topicPrefixed/birch.",
        "transactionalId/birch.app",
        "transactionalIdPrefixed/birch.app.",
      ],
    );
    assert.deepEqual(refused(all), []);
  });

  test("has one principal: the account of the service, which its identity creates", () => {
    const entries = aclsOf(all).flatMap(
      ({ aclEntries }) => aclEntries as { principal: string; permissionType: string }[],
    );
    assert.deepEqual(
      [...new Set(entries.map(({ principal }) => principal))],
      ["User:prod-gcp-euw1-birch-w-ca39dc5c@acme-prod.iam.gserviceaccount.com"],
    );
  });

  test("has no ACL and no topic in common with another tenant", () => {
    const idsOf = (resources: readonly Registered[]) =>
      resources.flatMap(({ inputs }) => inputs.aclId ?? inputs.topicId ?? []);
    const shared = idsOf(all).filter((id) => idsOf(other).includes(id));
    assert.ok(idsOf(all).length > 0 && idsOf(other).length > 0);
    assert.deepEqual(shared, []);
  });
});

describe("a tenant's stream on-premises", async () => {
  const build = (tenant: GivenTenant = {}) =>
    inventory(
      () =>
        new OnpremTenantStream("onprem-sel-stream", {
          ownership: owned(),
          spec: spec("onprem", tenant),
          stream: {
            cluster: "prod-kafka",
            namespace: "kafka",
            bootstrapServers: "prod-kafka-kafka-bootstrap.kafka.svc:9093",
            authoritySecret: "prod-kafka-cluster-ca-cert",
          },
          cluster: { provider: new kubernetes.Provider("site", { kubeconfig: "apiVersion: v1" }) },
        }),
    );
  const all = await build();
  const specOf = (type: string, name?: string) =>
    only(all, type, name).inputs.spec as Record<string, never>;

  test("has topics and users in the brokers' namespace, and their secrets in its own", () => {
    assert.deepEqual(counts(all), {
      "atoll:tenant-stream:OnpremTenantStream": 1,
      "atoll:tenant-stream:SecretDelivery": 1,
      "kubernetes:core/v1:ServiceAccount": 1,
      "kubernetes:external-secrets.io/v1:ClusterSecretStore": 1,
      "kubernetes:external-secrets.io/v1:ExternalSecret": 4,
      "kubernetes:kafka.strimzi.io/v1:KafkaTopic": 2,
      "kubernetes:kafka.strimzi.io/v1:KafkaUser": 2,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy": 1,
      "kubernetes:rbac.authorization.k8s.io/v1:Role": 1,
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": 1,
      "pulumi:providers:kubernetes": 1,
    });
    assert.deepEqual(refused(all), []);
  });

  test("a user has a certificate, its part of the quota, and ACLs for names of the tenant", () => {
    const user = only(
      all,
      "kubernetes:kafka.strimzi.io/v1:KafkaUser",
      "onprem-sel-stream-client-audit",
    );
    const { metadata, spec: own } = user.inputs as {
      metadata: { name: string; namespace: string; labels: Record<string, string> };
      spec: Record<string, unknown>;
    };
    assert.deepEqual(
      [metadata.name, metadata.namespace, metadata.labels["strimzi.io/cluster"]],
      ["birch.audit", "kafka", "prod-kafka"],
    );
    const acl = (type: string, name: string, patternType: string) => ({
      type: "allow",
      resource: { type, name, patternType },
      operations: ["Describe", "Read"],
      host: "*",
    });
    assert.deepEqual(own, {
      authentication: { type: "tls" },
      authorization: {
        type: "simple",
        acls: [
          acl("topic", "birch.orders", "literal"),
          acl("group", "birch.audit", "literal"),
          acl("group", "birch.audit.", "prefix"),
        ],
      },
      quotas: { consumerByteRate: 4 * 2 ** 20 },
    });
  });

  test("only its namespaces are admitted, to the brokers of this cluster and one port", async () => {
    assert.deepEqual(specOf("kubernetes:networking.k8s.io/v1:NetworkPolicy"), {
      podSelector: {
        matchLabels: { "strimzi.io/cluster": "prod-kafka", "strimzi.io/kind": "Kafka" },
      },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchExpressions: [
                  {
                    key: "kubernetes.io/metadata.name",
                    operator: "In",
                    values: ["tenant-birch-web", "tenant-birch-jobs"],
                  },
                ],
              },
            },
          ],
          ports: [{ protocol: "TCP", port: 9093 }],
        },
      ],
    });
    const suspended = counts(await build({ suspended: true }));
    assert.equal(suspended["kubernetes:networking.k8s.io/v1:NetworkPolicy"], undefined);
    assert.equal(suspended["kubernetes:kafka.strimzi.io/v1:KafkaTopic"], 2);
  });

  test("its store reads its own secrets and the brokers' authority, for its namespaces only", () => {
    const role = only(all, "kubernetes:rbac.authorization.k8s.io/v1:Role").inputs;
    assert.deepEqual(role.rules, [
      {
        apiGroups: [""],
        resources: ["secrets"],
        resourceNames: ["birch.app", "birch.audit", "prod-kafka-cluster-ca-cert"],
        verbs: ["get"],
      },
    ]);
    const { conditions, provider } = specOf(
      "kubernetes:external-secrets.io/v1:ClusterSecretStore",
    ) as Record<string, Record<string, Record<string, unknown>>>;
    assert.deepEqual(conditions, [{ namespaces: ["tenant-birch-web", "tenant-birch-jobs"] }]);
    assert.deepEqual(provider?.kubernetes?.auth, {
      serviceAccount: { name: "tenant-birch-stream", namespace: "kafka" },
    });
    const external = specOf(
      "kubernetes:external-secrets.io/v1:ExternalSecret",
      "onprem-sel-stream-credentials-stream-app-tenant-birch-web",
    );
    assert.deepEqual(external.data, [
      {
        secretKey: "ca.crt",
        remoteRef: { key: "prod-kafka-cluster-ca-cert", property: "ca.crt" },
      },
      { secretKey: "user.crt", remoteRef: { key: "birch.app", property: "user.crt" } },
      { secretKey: "user.key", remoteRef: { key: "birch.app", property: "user.key" } },
    ]);
  });
});
