/**
 * Selectors and network policies against the pods of every operator, and who talks to whom. It does not prove that the facts of a
 * release are right, nor how a network plugin enforces policies.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { OnpremCache } from "../../components/cache/onprem.ts";
import { operatedCache } from "../../components/cache/onprem-operated.ts";
import type { Labels, Operated } from "../../components/core/operated.ts";
import { OnpremDatabase } from "../../components/database/onprem.ts";
import { operatedDatabase } from "../../components/database/onprem-operated.ts";
import { operatedRegistry } from "../../components/event-sourcing/apicurio-operated.ts";
import { OnpremEventSourcing } from "../../components/event-sourcing/onprem.ts";
import { operatedSecrets } from "../../components/secrets/external-secrets-operated.ts";
import { OnpremSecrets } from "../../components/secrets/onprem.ts";
import { OnpremStream } from "../../components/stream/onprem.ts";
import { operatedStream } from "../../components/stream/onprem-operated.ts";
import { onpremOwnership as ownership } from "../support/data-args.ts";
import { inventory } from "../support/inventory.ts";
import { allows, type End, policiesOf, selectorsIn, selects } from "../support/network-policies.ts";
import { onpremSpec as cacheSpec } from "./cache/fixture.ts";
import { onpremSpec as databaseSpec } from "./database/fixture.ts";
import {
  onpremSpec as eventsSpec,
  registryDatabase,
  topicNames,
} from "./event-sourcing/fixture.ts";
import { onpremSpec as secretsSpec } from "./secrets/fixture.ts";
import { onpremSpec as streamSpec } from "./stream/fixture.ts";

/** The API server's endpoints are on a third port. */
const apiServerPorts = [443, 16443];

const resources = await inventory(() => {
  const provider = new kubernetes.Provider("site", { kubeconfig: "apiVersion: v1" });
  const common = { ownership, cluster: { provider, apiServerPorts } };
  const shop = { clientNamespaces: ["shop"] };
  new OnpremDatabase("database", {
    ...common,
    spec: {
      ...databaseSpec,
      clientNamespaces: ["shop", "kafka", "schema-registry"],
      archive: { ...databaseSpec.archive, endpoint: "https://objects.acme.example:9000" },
      podMonitor: true,
    },
  });
  const stream = new OnpremStream("stream", { ...common, spec: { ...streamSpec, ...shop } });
  new OnpremEventSourcing("events", {
    ...common,
    spec: { ...eventsSpec, registry: shop },
    stream: {
      ...stream,
      topicNames: Object.fromEntries(topicNames.map((name) => [name, pulumi.output(name)])),
    },
    databaseHost: "database.example",
    registryDatabase,
  });
  new OnpremCache("cache", { ...common, spec: { ...cacheSpec, ...shop } });
  new OnpremSecrets("secrets", { ...common, spec: secretsSpec });
});

const name = (component: string) => `prod-onprem-sel-${component}`;
const strimzi = { cluster: name("stream"), connect: `${name("stream")}-outbox` };
const pools = ["controller", "broker"].map((role) => `${strimzi.cluster}-${role}`);

/** Each operator, with the namespaces of its pods: of the operator itself, and of what it runs. */
const operated: Record<string, { facts: Operated; own: string; namespace: string }> = {
  CloudNativePG: {
    facts: operatedDatabase(name("database"), `${name("database")}-pool`, 9000),
    own: "cnpg-system",
    namespace: "database",
  },
  Strimzi: { facts: operatedStream({ ...strimzi, pools }), own: "kafka", namespace: "kafka" },
  Apicurio: { facts: operatedRegistry(), own: "", namespace: "schema-registry" },
  Valkey: { facts: operatedCache(name("cache")), own: "", namespace: "cache" },
  "External Secrets": {
    facts: operatedSecrets([8200]),
    own: "external-secrets",
    namespace: "external-secrets",
  },
};

const outside: Record<string, End> = {
  "api-server": {},
  archive: {},
  "secret service": {},
  client: { namespace: "shop", labels: { app: "checkout" } },
  prometheus: { namespace: "monitoring", labels: { app: "prometheus" } },
};

const ofOperator = new Set(["operator", "plugin", "cluster operator"]);

interface Pod {
  readonly kind: string;
  readonly namespace: string;
  readonly labels: Labels;
}

const pods: Pod[] = Object.entries(operated).flatMap(([operator, { facts, own, namespace }]) =>
  Object.entries(facts.pods).map(([kind, labels]) => ({
    kind: `${operator}: ${kind}`,
    namespace: ofOperator.has(kind) ? own : namespace,
    labels,
  })),
);

function endOf(operator: string, kind: string): End {
  const found = outside[kind] ?? pods.find((pod) => pod.kind === `${operator}: ${kind}`);
  const database = pods.find((pod) => pod.kind === "CloudNativePG: instance");
  const end = kind === "database" ? database : found;
  assert.ok(end, `${operator}: ${kind}`);
  return end;
}

/** What Strimzi itself allows clients of other namespaces; it adds to the policies of the namespace. */
const listener = {
  namespace: "kafka",
  spec: {
    podSelector: { matchLabels: { "strimzi.io/name": `${strimzi.cluster}-kafka` } },
    policyTypes: ["Ingress"],
    ingress: [
      {
        from: [
          {
            podSelector: {},
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } },
          },
        ],
        ports: [{ port: 9093 }],
      },
    ],
  },
};
const policies = [...policiesOf(resources), listener];

describe("who talks to whom", () => {
  for (const [operator, { facts }] of Object.entries(operated)) {
    for (const { from, to, port, why } of facts.connections) {
      const ports = to === "api-server" ? apiServerPorts : [port];
      for (const each of ports) {
        test(`${operator}: ${from} may reach ${to} on ${each}: ${why}`, () => {
          assert.ok(allows(policies, endOf(operator, from), endOf(operator, to), each));
        });
      }
    }
  }

  const stranger = { namespace: "elsewhere", labels: { app: "stranger" } };
  const refusals: [string, End, End, number][] = [
    ["a pooler to the archive", endOf("CloudNativePG", "pooler"), {}, 9000],
    ["another namespace to a database", stranger, endOf("CloudNativePG", "instance"), 5432],
    ["another namespace to a pooler", stranger, endOf("CloudNativePG", "pooler"), 5432],
    ["a client to the status", endOf("", "client"), endOf("CloudNativePG", "instance"), 8000],
    ["another namespace to a broker", stranger, endOf("Strimzi", `node of ${pools[1]}`), 9093],
    [
      "a broker to the database",
      endOf("Strimzi", `node of ${pools[1]}`),
      endOf("", "database"),
      5432,
    ],
    ["a cache to the API server", endOf("Valkey", "valkey"), {}, 443],
    ["the registry to the API server", endOf("Apicurio", "registry"), {}, 443],
    ["another namespace to a cache", stranger, endOf("Valkey", "valkey"), 6379],
    [
      "the webhook to a database",
      endOf("External Secrets", "webhook"),
      endOf("", "database"),
      5432,
    ],
  ];
  for (const [what, from, to, port] of refusals) {
    test(`no policy allows ${what}`, () => assert.ok(!allows(policies, from, to, port)));
  }
});

/** Objects that schedule, protect, select or monitor pods, by what they are for, with the only pods that they must select. */
const intended: [type: string, name: string, path: RegExp, kinds: RegExp][] = [
  ["Cluster", "database", /topologySpread/, /^CloudNativePG: (instance|job .*)$/],
  ["Pooler", "database-pooler", /topologySpread/, /^CloudNativePG: pooler$/],
  ["Release", "database-operator-cloudnative-pg", /topologySpread/, /^CloudNativePG: operator$/],
  ["Release", "database-operator-plugin-barman-cloud", /topologySpread/, /^CloudNativePG: plugin$/],
  ["PodDisruptionBudget", "database-operator-disruption", /selector/, /^CloudNativePG: operator$/],
  ["PodMonitor", "database-metrics", /selector/, /^CloudNativePG: instance$/],
  ["PodMonitor", "database-metrics-pooler", /selector/, /^CloudNativePG: pooler$/],
  ["KafkaNodePool", "stream-broker", /Spread|Affinity/, /^Strimzi: node of .*-broker$/],
  ["KafkaNodePool", "stream-controller", /Spread|Affinity/, /^Strimzi: node of .*-controller$/],
  ["Release", "stream-operator", /topologySpread/, /^Strimzi: cluster operator$/],
  ["KafkaConnect", "events-outbox-connect", /topologySpread/, /^Strimzi: connect$/],
  ["NetworkPolicy", "events-outbox-reach", /podSelector/, /^Strimzi: connect$/],
  ["Deployment", "events-registry", /Spread|selector/, /^Apicurio: registry$/],
  ["PodDisruptionBudget", "events-registry-disruption", /selector/, /^Apicurio: registry$/],
  ["Service", "events-registry-service", /selector/, /^Apicurio: registry$/],
  ["NetworkPolicy", "events-registry-reach", /podSelector/, /^Apicurio: registry$/],
  ["Release", "cache", /topologySpread/, /^Valkey: valkey$/],
  ["Release", "secrets-external-operator", /values\.topology/, /^External Secrets: controller$/],
  ["Release", "secrets-external-operator", /values\.webhook/, /^External Secrets: webhook$/],
  ["Release", "secrets-external-operator", /values\.certController/, /^External.*certificate/],
  ["NetworkPolicy", "secrets-external-namespace-webhook", /podSelector/, /: webhook$/],
  ["NetworkPolicy", "database-namespace-archive", /podSelector/, /: (instance|job .*)$/],
  ["NetworkPolicy", "database-namespace-operator", /spec\.podSelector/, /: (instance|pooler)$/],
  ["NetworkPolicy", "database-namespace-clients", /podSelector/, /: (instance|pooler)$/],
  ["NetworkPolicy", "database-namespace-metrics", /podSelector/, /: (instance|pooler)$/],
  ["NetworkPolicy", "stream-namespace-api-server", /podSelector/, /^Strimzi: /],
  ["NetworkPolicy", "database-operator-namespace-instances", /egress/, /: instance$/],
];

describe("selectors", () => {
  // The schemas of definitions have fields of the same names.
  const objects = resources.filter(({ type }) => !type.includes("CustomResourceDefinition"));
  const found = objects.flatMap(({ type, name: logical, inputs }) =>
    selectorsIn(inputs)
      .filter(({ selector }) => Object.keys(selector).length > 0)
      .filter(({ path }) => !/namespaceSelector|nodeSelector/.test(path))
      .filter(({ path }) => !path.includes("k8s-app"))
      .map(({ path, selector }) => ({
        kind: type.split(":").at(-1) ?? "",
        logical,
        path,
        // Namespaces of cluster-wide selectors do not matter: no labels of two operators are the same.
        kinds: pods.filter(({ labels }) => selects(selector, labels)).map((pod) => pod.kind),
      })),
  );

  test("each selects exactly the pods that it is for", () => {
    for (const [kind, logical, path, kinds] of intended) {
      const own = found.filter(
        (each) => each.kind === kind && each.logical === logical && path.test(each.path),
      );
      assert.ok(own.length > 0, `${kind} ${logical} ${path} has no selector`);
      const wanted = pods.map((pod) => pod.kind).filter((each) => kinds.test(each));
      for (const each of own)
        assert.deepEqual(
          each.kinds.toSorted(),
          wanted.toSorted(),
          `${kind} ${logical} ${each.path}`,
        );
    }
  });

  test("all of them are in the table, but for the DNS of the cluster", () => {
    const missing = found.filter(
      ({ kind, logical, path }) =>
        !logical.endsWith("-dns") &&
        !intended.some((each) => each[0] === kind && each[1] === logical && each[2].test(path)),
    );
    assert.deepEqual(missing, []);
  });
});
