// Registered Strimzi objects. The behaviour of the operator is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { strimziDefinitions } from "../../../components/stream/onprem-definitions.ts";
import { kafka, kafkaUser, nodePool } from "../../../components/stream/onprem-objects.ts";
import { onpremStreamSpec } from "../../../components/stream/schema.ts";
import { createStream } from "../../../components/stream/stream.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { refused } from "./accepted.ts";
import { onpremArgs, onpremSpec } from "./fixture.ts";

const strimzi = (kind: string) => `kubernetes:kafka.strimzi.io/v1:${kind}`;
const build = (change: Record<string, unknown> = {}, retain = true) =>
  inventory(() =>
    createStream("stream", {
      ...onpremArgs(),
      cloud: "onprem",
      retain,
      spec: { ...onpremSpec, ...change },
    }),
  );
const specOf = ({ inputs }: Registered) => inputs.spec as Record<string, unknown>;

describe("a stream on-premises", async () => {
  const resources = await build();

  test("consists of exactly these resources", () => {
    assert.deepEqual(counts(resources), {
      "atoll:stream:IsolatedNamespace": 1,
      "atoll:stream:OnpremStream": 1,
      "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinitionPatch": 10,
      "kubernetes:core/v1:Namespace": 1,
      "kubernetes:helm.sh/v3:Release": 1,
      [strimzi("Kafka")]: 1,
      [strimzi("KafkaNodePool")]: 2,
      [strimzi("KafkaTopic")]: 2,
      [strimzi("KafkaUser")]: 2,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy": 4,
      "pulumi:providers:kubernetes": 1,
    });
  });

  test("is valid by the schemas of the API server", () => {
    assert.deepEqual(refused(resources), []);
  });

  test("has separate controllers and brokers, three each, whose disks are retained", () => {
    const pools = ["stream-controller", "stream-broker"].map((name) =>
      specOf(only(resources, strimzi("KafkaNodePool"), name)),
    );
    assert.deepEqual(
      pools.map(({ roles, replicas }) => [roles, replicas]),
      [
        [["controller"], 3],
        [["broker"], 3],
      ],
    );
    assert.match(JSON.stringify(pools), /"deleteClaim":false/);
    assert.doesNotMatch(JSON.stringify(pools), /"deleteClaim":true/);
  });

  test("runs on nodes for stateful workloads with anti-affinity and a high priority", () => {
    for (const role of ["controller", "broker"]) {
      const { template } = specOf(only(resources, strimzi("KafkaNodePool"), `stream-${role}`)) as {
        template: { pod: Record<string, Record<string, object>> };
      };
      const { affinity, priorityClassName, tolerations } = template.pod;
      assert.equal(priorityClassName as unknown, "atoll-stateful");
      assert.deepEqual(tolerations, [{ key: "atoll.dev/class", operator: "Exists" }]);
      assert.deepEqual(affinity?.nodeAffinity, {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [{ key: "atoll.dev/class", operator: "In", values: ["stateful"] }],
            },
          ],
        },
      });
      assert.match(JSON.stringify(affinity?.podAntiAffinity), /kubernetes\.io\/hostname/);
    }
  });

  test("its definitions are those of the operator's version, created before it, and are never deleted", () => {
    const definitions = resources.filter(({ type }) =>
      type.endsWith(":CustomResourceDefinitionPatch"),
    );
    const operator = only(resources, "kubernetes:helm.sh/v3:Release");
    assert.equal(strimziDefinitions().version, operator.inputs.version);
    assert.equal(operator.inputs.skipCrds, true);
    for (const { urn, inputs, retainOnDelete, protect } of definitions) {
      assert.ok(operator.dependsOn.includes(urn), urn);
      assert.deepEqual([retainOnDelete, protect], [true, false]);
      const { annotations } = inputs.metadata as { annotations: Record<string, string> };
      assert.equal(annotations["pulumi.com/patchForce"], "true");
    }
    const served = strimziDefinitions().definitions.map(({ spec }) => {
      const { names, versions } = spec as { names: { kind: string }; versions: { name: string }[] };
      return [names.kind, ...versions.map(({ name }) => name)].join(" ");
    });
    for (const kind of ["Kafka", "KafkaNodePool", "KafkaTopic", "KafkaUser", "KafkaConnect"])
      assert.ok(served.includes(`${kind} v1`), kind);
  });

  test("a deployment waits until Kafka is ready", () => {
    const { inputs, createTimeout } = only(resources, strimzi("Kafka"));
    const { annotations } = inputs.metadata as { annotations: Record<string, string> };
    assert.equal(annotations["pulumi.com/waitFor"], "condition=Ready");
    assert.equal(createTimeout, "30m");
  });

  test("and until topics and users are ready, of which Strimzi reports problems only there", () => {
    const awaited = resources.filter(
      ({ type, inputs }) =>
        type.startsWith("kubernetes:kafka.strimzi.io/") &&
        JSON.stringify(inputs.metadata).includes('"pulumi.com/waitFor":"condition=Ready"'),
    );
    const kinds = new Set(awaited.map(({ type }) => type.split(":").at(-1)));
    // Strimzi reports no condition Ready of a node pool.
    assert.deepEqual(kinds, new Set(["Kafka", "KafkaTopic", "KafkaUser"]));
  });

  test("operators have requests and a priority, and spread", () => {
    const { values } = only(resources, "kubernetes:helm.sh/v3:Release").inputs as {
      values: Record<string, unknown>;
    };
    assert.equal(values.priorityClassName, "atoll-system");
    assert.deepEqual(values.resources, {
      requests: { cpu: "200m", memory: "512Mi" },
      limits: { memory: "512Mi" },
    });
    assert.equal((values.topologySpreadConstraints as unknown[]).length, 2);
    const { entityOperator } = specOf(only(resources, strimzi("Kafka")));
    assert.equal(JSON.stringify(entityOperator).match(/"requests"/g)?.length, 2);
    assert.match(JSON.stringify(entityOperator), /"priorityClassName":"atoll-system"/);
  });

  test("uses a pinned operator, or an existing one", async () => {
    const { inputs } = only(resources, "kubernetes:helm.sh/v3:Release");
    assert.equal(inputs.version, "1.2.0");
    const present = await build({ operator: "present" });
    assert.equal(counts(present)["kubernetes:helm.sh/v3:Release"], undefined);
  });

  test("denies all traffic by default", () => {
    const deny = only(
      resources,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      "stream-namespace-deny",
    );
    assert.deepEqual(specOf(deny), { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    const namespace = only(resources, "kubernetes:core/v1:Namespace").inputs.metadata as {
      labels: Record<string, string>;
    };
    assert.equal(namespace.labels["pod-security.kubernetes.io/enforce"], "restricted");
  });

  test("is retained in a permanent environment only", async () => {
    assert.ok(only(resources, strimzi("Kafka")).protect);
    const short = await build({}, false);
    const definitions = ({ type }: Registered) => type.endsWith(":CustomResourceDefinitionPatch");
    assert.ok(
      short
        .filter((each) => !definitions(each))
        .every(({ protect, retainOnDelete }) => !protect && !retainOnDelete),
    );
    // Deleting a definition deletes every Kafka cluster.
    assert.ok(short.filter(definitions).every(({ retainOnDelete }) => retainOnDelete));
    assert.match(JSON.stringify(short.map(({ inputs }) => inputs)), /"deleteClaim":true/);
  });
});

describe("Strimzi's objects", () => {
  const spec = onpremStreamSpec.parse(onpremSpec);

  test("a Kafka cluster has one listener with TLS and client certificates", () => {
    const { listeners, authorization, rack, config } = kafka(spec).kafka;
    assert.deepEqual(
      listeners.map(({ name, type, tls, authentication }) => [name, type, tls, authentication]),
      [["tls", "internal", true, { type: "tls" }]],
    );
    assert.deepEqual(authorization, { type: "simple" });
    assert.deepEqual(rack, { topologyKey: "topology.kubernetes.io/zone" });
    assert.equal(config["auto.create.topics.enable"], false);
  });

  test("passwords use SCRAM-SHA-512", () => {
    const asked = onpremStreamSpec.parse({ ...onpremSpec, authentication: "password" });
    assert.deepEqual(kafka(asked).kafka.listeners[0]?.authentication, { type: "scram-sha-512" });
  });

  test("a client has its ACLs and quotas", () => {
    const { checkout } = spec.clients;
    assert.ok(checkout);
    const { authorization, quotas } = kafkaUser("checkout", checkout, spec);
    assert.deepEqual(quotas, { producerByteRate: 5_242_880, requestPercentage: 50 });
    assert.deepEqual(
      authorization.acls.map(({ resource, operations }) => [
        resource.type,
        resource.name,
        resource.patternType,
        operations.join(),
      ]),
      [
        ["topic", "orders.events", "literal", "Describe,Write"],
        ["transactionalId", "checkout", "literal", "Describe,Write"],
        ["transactionalId", "checkout.", "prefix", "Describe,Write"],
      ],
    );
  });

  test("brokers are on different nodes and use half of their memory for the heap", () => {
    const { template, jvmOptions, resources } = nodePool(spec, "broker", "k", true);
    assert.deepEqual(jvmOptions, { "-Xms": "4096m", "-Xmx": "4096m" });
    assert.equal(resources.limits.memory, "8Gi");
    const [rule] =
      template.pod.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    assert.equal(rule?.topologyKey, "kubernetes.io/hostname");
    assert.deepEqual(rule?.labelSelector.matchLabels, {
      "strimzi.io/cluster": "k",
      "strimzi.io/pool-name": "k-broker",
    });
  });
});
