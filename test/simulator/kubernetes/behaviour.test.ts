// Clusters, without engine. The API server's admission (quotas, webhooks, RBAC) is not simulated.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { strimziDefinitions } from "../../../components/stream/onprem-definitions.ts";
import type { Bag } from "../../../simulator/wire.ts";
import { UNKNOWN } from "../../../simulator/wire.ts";
import { kubeconfig, type Played, playedCloud } from "../../support/played-cloud.ts";

const site = {
  version: "v1.35.2",
  apis: ["cilium.io/v2"],
  nodes: [{ name: "n1", labels: { zone: "a" }, cpu: "8", memory: "32Gi" }],
};
const seoul = { kubeconfig: kubeconfig("https://seoul.example:6443", site) };
const busan = { kubeconfig: kubeconfig("https://busan.example:6443", site) };
const NAMESPACE = "kubernetes:core/v1:Namespace";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const RELEASE = "kubernetes:helm.sh/v3:Release";

let cloud: Played;
beforeEach(() => {
  cloud = playedCloud();
});
afterEach(() => cloud.stop());

const namespace = (name: string, config: Bag = seoul) =>
  cloud.make(NAMESPACE, name, { metadata: { name } }, config);
const configMap = (name: string, inside: string, config: Bag = seoul) =>
  cloud.make(CONFIG_MAP, name, { metadata: { name, namespace: inside }, data: { a: "b" } }, config);
const nodePool = (name: string, config: Bag = seoul) =>
  cloud.make(
    "kubernetes:karpenter.sh/v1:NodePool",
    name,
    {
      metadata: { name },
      spec: {
        template: {
          spec: {
            nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "c" },
            requirements: [{ key: "kubernetes.io/arch", operator: "In", values: ["amd64"] }],
          },
        },
      },
    },
    config,
  );
const release = (name: string, inputs: Bag, config: Bag = seoul) =>
  cloud.make(RELEASE, name, { name, namespace: "kube-system", ...inputs }, config);
const refused = (work: () => unknown, code: string, words: RegExp) =>
  assert.throws(work, (error: Error & { code?: string }) => {
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
    return true;
  });

test("an object needs its namespace, in its own cluster", () => {
  refused(() => configMap("m", "app"), "NotFound", /namespaces "app" not found/);
  namespace("app");
  assert.equal(configMap("m", "app").id, "app/m");
  refused(() => configMap("m", "app", busan), "NotFound", /namespaces "app" not found/);
  assert.equal(configMap("m", "default", busan).id, "default/m");
});

test("an object is unique in its namespace", () => {
  namespace("app");
  configMap("m", "app");
  const twin = () =>
    cloud.make(CONFIG_MAP, "other", { metadata: { name: "m", namespace: "app" } }, seoul);
  refused(twin, "AlreadyExists", /configmaps "app\/m" already exists/);
});

test("deleting a namespace deletes everything in it, and nothing else", () => {
  const app = namespace("app");
  configMap("m", "app");
  configMap("m", "default", busan);
  configMap("kept", "default");
  cloud.delete(app, seoul);
  assert.deepEqual(
    cloud.store.all().map(({ urn }) => urn.split("::").at(-1)),
    ["m", "kept"],
  );
});

test("a custom resource needs a chart that installs it, in a version that does", () => {
  refused(
    () => nodePool("p"),
    "NoKindMatch",
    /no matches for kind "NodePool" in version "karpenter\.sh\/v1": install karpenter or karpenter-crd/,
  );
  release("old", { chart: "oci://public.ecr.aws/karpenter/karpenter", version: "0.37.0" });
  refused(() => nodePool("p"), "NoKindMatch", /karpenter/);
  release("karpenter", { chart: "oci://public.ecr.aws/karpenter/karpenter", version: "1.9.0" });
  assert.equal(nodePool("p").id, "p");
  refused(() => nodePool("p", busan), "NoKindMatch", /karpenter/);
});

test("a chart without its definitions installs none", () => {
  const issuer = () =>
    cloud.make(
      "kubernetes:cert-manager.io/v1:ClusterIssuer",
      "i",
      { metadata: { name: "i" }, spec: { selfSigned: {} } },
      seoul,
    );
  release("cm", { chart: "cert-manager", version: "v1.19.0" });
  refused(issuer, "NoKindMatch", /cert-manager/);
  release("cm2", {
    chart: "cert-manager",
    version: "v1.19.0",
    values: { crds: { enabled: true } },
  });
  issuer();
});

const openAPIV3Schema = {
  type: "object",
  required: ["metadata", "spec"],
  properties: {
    metadata: { type: "object" },
    spec: {
      type: "object",
      required: ["color", "size"],
      properties: {
        color: { type: "string" },
        size: { type: "integer", default: 1 },
        tags: { type: "array", items: { type: "string" } },
        notes: { type: "object", additionalProperties: { type: "string" } },
        template: {
          type: "object",
          "x-kubernetes-embedded-resource": true,
          properties: { spec: { type: "object" } },
        },
      },
    },
  },
};

test("a definition in the program serves its kind, and so do a site's existing APIs", () => {
  cloud.make(
    "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
    "d",
    {
      metadata: { name: "things.acme.example" },
      spec: {
        group: "acme.example",
        scope: "Namespaced",
        names: { kind: "Thing", plural: "things" },
        versions: [
          {
            name: "v1",
            served: true,
            storage: true,
            schema: { openAPIV3Schema },
          },
        ],
      },
    },
    seoul,
  );
  const thing = (spec: Bag) =>
    cloud.make("kubernetes:acme.example/v1:Thing", "t", { metadata: { name: "t" }, spec }, seoul);
  refused(
    () => thing({ sizes: 3, template: { kind: "Pod", spec: {} } }),
    "Invalid",
    /Thing "t" is invalid: spec.sizes: unknown property, did you mean "size"\?; spec.template.apiVersion: is required and missing; spec.color: is required and missing/,
  );
  thing({ color: "red", template: { apiVersion: "v1", kind: "Pod", metadata: {}, spec: {} } });
  refused(
    () => cloud.make("kubernetes:acme.example/v1:Other", "o", { metadata: { name: "o" } }, seoul),
    "NoKindMatch",
    /kind "Other"/,
  );
  cloud.make(
    "kubernetes:cilium.io/v2:CiliumNetworkPolicy",
    "c",
    { metadata: { name: "c" }, spec: {} },
    seoul,
  );
});

test("a release creates its namespace only if requested", () => {
  refused(() => release("r", { chart: "x", namespace: "new" }), "NotFound", /namespaces "new"/);
  release("r", { chart: "x", namespace: "new", createNamespace: true });
  configMap("m", "new");
});

test("a node can be patched and read if the site has it", () => {
  const patch = (name: string) =>
    cloud.make(
      "kubernetes:core/v1:NodePatch",
      name,
      { metadata: { name, labels: { pool: "x" } } },
      seoul,
    );
  assert.equal(patch("n1").id, "n1");
  refused(() => patch("n2"), "NotFound", /nodes "n2" not found/);
  const read = (name: string) =>
    cloud.provider("kubernetes").read("kubernetes:core/v1:Node", name, {}, seoul);
  const { status } = read("n1")!.state as { status: { nodeInfo: { kubeletVersion: string } } };
  assert.equal(status.nodeInfo.kubeletVersion, "v1.35.2");
  assert.equal(read("n2"), undefined);
});

test("a kubeconfig for an unknown cluster and without a site is refused", () => {
  const nowhere = { kubeconfig: kubeconfig("https://nowhere.example") };
  refused(() => namespace("app", nowhere), "ClusterUnreachable", /https:\/\/nowhere\.example/);
  refused(
    () => namespace("app", {}),
    "InvalidConfiguration",
    /needs the content of its kubeconfig/,
  );
});

test("resources of an unreachable cluster can be dropped if the provider is configured so", () => {
  const config = { kubeconfig: kubeconfig("https://nowhere.example") };
  const lost = { metadata: { name: "m", namespace: "app" } };
  const asked = cloud.wanted(CONFIG_MAP, "m", lost, config);
  const remove = (more: Bag) =>
    cloud.provider("kubernetes").delete({ ...asked, config: { ...config, ...more } }, "app/m");
  refused(() => remove({}), "ClusterUnreachable", /nowhere/);
  remove({ deleteUnreachable: true });
});

test("a managed cluster is reached at its endpoint, and its contents are deleted with it", () => {
  const made = cloud.make("gcp:container/cluster:Cluster", "c", {
    location: "europe-west1",
    initialNodeCount: 1,
    deletionProtection: false,
  });
  const state = made.state as {
    endpoint: string;
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { endpoint: string } };
  };
  const byAddress = { kubeconfig: kubeconfig(`https://${state.endpoint}`) };
  const byName = {
    kubeconfig: kubeconfig(
      `https://${state.controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint}`,
    ),
  };
  namespace("app", byAddress);
  configMap("m", "app", byName);
  cloud.make(
    "kubernetes:cloud.google.com/v1:ComputeClass",
    "cc",
    { metadata: { name: "cc" }, spec: { priorities: [{ machineFamily: "n4" }] } },
    byName,
  );
  cloud.delete(made);
  assert.deepEqual(cloud.store.all(), []);
});

test("in a preview the object is known, but the server's fields are not", () => {
  const asked = cloud.wanted(
    CONFIG_MAP,
    "m",
    { metadata: { name: "m" }, data: { a: UNKNOWN } },
    seoul,
  );
  const { inputs, failures } = cloud.check(CONFIG_MAP, "m", asked.values, seoul);
  assert.deepEqual(failures, []);
  const { values } = cloud
    .provider("kubernetes")
    .preview({ ...asked, values: inputs }, undefined, {});
  assert.deepEqual(values.data, { a: UNKNOWN });
  const metadata = values.metadata as Bag;
  assert.deepEqual([metadata.name, metadata.namespace, metadata.uid], ["m", "default", UNKNOWN]);
});

test("the data of a Secret is always secret", () => {
  const made = cloud.make(
    "kubernetes:core/v1:Secret",
    "s",
    { metadata: { name: "s" }, stringData: { a: "b" } },
    seoul,
  );
  assert.deepEqual(made.secrets, ["/stringData"]);
});

test("an object without a name gets a stable one", () => {
  const first = cloud.check(CONFIG_MAP, "settings", { data: {} }, seoul).inputs.metadata as Bag;
  const again = cloud.check(CONFIG_MAP, "settings", { data: {} }, seoul).inputs.metadata as Bag;
  assert.match(String(first.name), /^settings-[0-9a-f]{7}$/);
  assert.deepEqual(first, again);
});

test("a PostgreSQL cluster that comes back needs an empty folder in its archive", () => {
  const config = {
    kubeconfig: kubeconfig("https://seoul.example:6443", {
      ...site,
      apis: ["postgresql.cnpg.io/v1", "barmancloud.cnpg.io/v1"],
    }),
  };
  namespace("db", config);
  const metadata = { name: "archive", namespace: "db" };
  const spec = {
    configuration: { destinationPath: "s3://backups/sel", endpointURL: "https://s3.example" },
  };
  cloud.make(
    "kubernetes:barmancloud.cnpg.io/v1:ObjectStore",
    "archive",
    { apiVersion: "barmancloud.cnpg.io/v1", kind: "ObjectStore", metadata, spec },
    config,
  );
  const cluster = (parameters: Bag) =>
    cloud.make(
      "kubernetes:postgresql.cnpg.io/v1:Cluster",
      "main",
      {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: "Cluster",
        metadata: { name: "main", namespace: "db" },
        spec: {
          instances: 3,
          storage: { size: "10Gi" },
          plugins: [{ name: "barman-cloud.cloudnative-pg.io", isWALArchiver: true, parameters }],
        },
      },
      config,
    );
  cloud.delete(cluster({ barmanObjectName: "archive" }), config);
  refused(
    () => cluster({ barmanObjectName: "archive" }),
    "ClusterIsNotReady",
    /Expected empty archive/,
  );
  cluster({ barmanObjectName: "archive", serverName: "main-2" });
});

test("a cluster has one default PriorityClass, its own or a created one", () => {
  const classOf = (name: string, config: Bag) =>
    cloud.make(
      "kubernetes:scheduling.k8s.io/v1:PriorityClass",
      name,
      { metadata: { name }, value: 1000, globalDefault: true },
      config,
    );
  classOf("first", seoul);
  refused(() => classOf("second", seoul), "Forbidden", /PriorityClass first is already marked as/);
  const own = { ...site, defaultClasses: { PriorityClass: "own" } };
  const ulsan = { kubeconfig: kubeconfig("https://ulsan.example:6443", own) };
  refused(() => classOf("first", ulsan), "Forbidden", /PriorityClass own is already marked as/);
});

test("a patch with a whole definition creates it, and then its kind is served", () => {
  const topic = () =>
    cloud.make(
      "kubernetes:kafka.strimzi.io/v1:KafkaTopic",
      "t",
      {
        apiVersion: "kafka.strimzi.io/v1",
        kind: "KafkaTopic",
        metadata: { name: "t", namespace: "default" },
        spec: { partitions: 1, replicas: 3 },
      },
      seoul,
    );
  release("strimzi", { chart: "strimzi-kafka-operator", version: "1.2.0", skipCrds: true });
  refused(topic, "NoKindMatch", /KafkaTopic/);
  const { definitions } = strimziDefinitions();
  const { name, spec } = definitions.find((each) => each.name.startsWith("kafkatopics."))!;
  const patch = `kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinitionPatch`;
  cloud.make(patch, "definition", { metadata: { name }, spec } as Bag, seoul);
  topic();
  const part = { metadata: { name: "others.example" }, spec: { group: "example" } };
  refused(() => cloud.make(patch, "other", part, seoul), "NotFound", /others\.example/);
});
