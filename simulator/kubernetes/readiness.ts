/**
 * Whether operators report custom resources as ready: only with the operator and the objects that they need. Objects that only users
 * create, such as secrets with passwords, are presumed, and so are those of an operator that the site already has. Sources: the
 * operators' documentation and status conditions, Strimzi 1.2.0, CloudNativePG 1.30, cert-manager 1.19, External Secrets 2.0.
 */
import { valueAt } from "../outputs/making.ts";
import { type Bag, isBag } from "../wire.ts";
import { chartName } from "./chart-values.ts";
import type { Cluster } from "./cluster.ts";
import { missingClass } from "./storage-classes.ts";

/** An object that has an operator. */
interface Operated {
  readonly apiVersion: string;
  readonly name: string;
  /** Empty for kinds without a namespace. */
  readonly namespace: string;
  readonly spec: unknown;
  readonly labels: Bag;
  readonly cluster: Cluster;
}

interface Operator {
  readonly chart: string;
  /** Names of its Deployments, where a stack installs it without the chart. */
  readonly deployment: RegExp;
  /** Whether a release with these values watches a namespace other than its own. */
  readonly watches: (values: unknown, namespace: string) => boolean;
}

type Needs = (object: Operated) => string | undefined;

const everywhere = () => true;
const operators: Readonly<Record<string, Operator>> = {
  "kafka.strimzi.io": {
    chart: "strimzi-kafka-operator",
    deployment: /^strimzi-cluster-operator/,
    watches: (values, namespace) => {
      const more = valueAt(values, ["watchNamespaces"]);
      const any = valueAt(values, ["watchAnyNamespace"]) === true;
      return any || (Array.isArray(more) && more.includes(namespace));
    },
  },
  "postgresql.cnpg.io": {
    chart: "cloudnative-pg",
    deployment: /^(?:cnpg-controller-manager|.*cloudnative-pg)/,
    watches: (values) => valueAt(values, ["config", "clusterWide"]) !== false,
  },
  "cert-manager.io": { chart: "cert-manager", deployment: /cert-manager/, watches: everywhere },
  "external-secrets.io": {
    chart: "external-secrets",
    deployment: /external-secrets/,
    watches: (values, namespace) => {
      const only = valueAt(values, ["scopedNamespace"]);
      return typeof only !== "string" || only === "" || only === namespace;
    },
  },
};

const needs: Readonly<Record<string, Needs>> = {
  "kafka.strimzi.io/Kafka": kafkaPools,
  "kafka.strimzi.io/KafkaTopic": (object) => ofCluster(object, "Kafka"),
  "kafka.strimzi.io/KafkaUser": (object) => ofCluster(object, "Kafka"),
  "kafka.strimzi.io/KafkaConnect": ({ spec, ...object }) => brokers(object, spec),
  "kafka.strimzi.io/KafkaConnector": (object) => ofCluster(object, "KafkaConnect"),
  "kafka.strimzi.io/KafkaMirrorMaker2": ({ spec, ...object }) =>
    first(listAt(spec, "clusters"), (each) => brokers(object, each)) ??
    first([valueAt(spec, ["target"])], (each) => brokers(object, each)),
  "postgresql.cnpg.io/Cluster": postgres,
  "cert-manager.io/Certificate": issuer,
  "external-secrets.io/ExternalSecret": secretStore,
};

/** Why an object is not ready; undefined if it is, or if it has no operator that is known here. */
export function unreadyReason(object: Bag, cluster: Cluster): string | undefined {
  const apiVersion = String(object.apiVersion);
  const [group = ""] = apiVersion.split("/");
  const operator = operators[group];
  const { metadata, kind, spec } = object;
  if (operator === undefined || !isBag(metadata)) return undefined;
  const operated = {
    apiVersion,
    spec,
    cluster,
    name: String(metadata.name),
    namespace: typeof metadata.namespace === "string" ? metadata.namespace : "",
    labels: isBag(metadata.labels) ? metadata.labels : {},
  };
  const reads = cluster.hasItself(apiVersion) || isRunning(operator, operated);
  if (!reads)
    return `no operator reads it: there is no release of ${operator.chart} that watches ${operated.namespace === "" ? "the cluster" : `namespace ${operated.namespace}`}`;
  return needs[`${group}/${String(kind)}`]?.(operated);
}

function isRunning({ chart, deployment, watches }: Operator, { cluster, namespace }: Operated) {
  const installed = cluster
    .releases()
    .some(
      ({ inputs }) =>
        chartName(inputs.chart) === chart &&
        (namespace === "" || inputs.namespace === namespace || watches(inputs.values, namespace)),
    );
  return (
    installed || cluster.objects("apps/v1", "Deployment").some(({ name }) => deployment.test(name))
  );
}

function kafkaPools({ apiVersion, cluster, name, namespace }: Operated): string | undefined {
  const pools = cluster
    .objects(apiVersion, "KafkaNodePool")
    .filter((pool) => pool.namespace === namespace && pool.labels["strimzi.io/cluster"] === name);
  const roles = new Set(pools.flatMap(({ spec }) => listAt(spec, "roles")));
  const missing = ["controller", "broker"].filter((role) => !roles.has(role));
  if (missing.length > 0)
    return `it has no KafkaNodePool with the role ${missing.join(" and none with ")}: pools have the label strimzi.io/cluster: ${name}`;
  const volumes = pools.flatMap(({ spec }) => {
    const storage = valueAt(spec, ["storage"]);
    return [storage, ...listAt(storage, "volumes")].filter(
      (each) => isBag(each) && each.type === "persistent-claim",
    );
  });
  return first(volumes, (volume) => missingClass(cluster, valueAt(volume, ["class"])));
}

/** The object that the label of its cluster names. */
function ofCluster(object: Operated, kind: string): string | undefined {
  const name = object.labels["strimzi.io/cluster"];
  if (typeof name !== "string") return "it has no label strimzi.io/cluster";
  return missingObject(object, kind, name);
}

/** The Kafka of bootstrap servers in the cluster; others are presumed. */
function brokers(object: Omit<Operated, "spec">, spec: unknown): string | undefined {
  const servers = String(valueAt(spec, ["bootstrapServers"]) ?? "");
  const inside = /^([a-z0-9.-]+)-kafka-bootstrap(?:\.([a-z0-9-]+))?(?:\.svc[a-z.]*)?:/.exec(
    servers,
  );
  if (inside === null) return undefined;
  const [, name = "", namespace = object.namespace] = inside;
  return missingObject({ ...object, namespace }, "Kafka", name);
}

function postgres(object: Operated): string | undefined {
  const { spec, cluster } = object;
  const volumes = [valueAt(spec, ["storage"]), valueAt(spec, ["walStorage"])].filter(isBag);
  const catalog = valueAt(spec, ["imageCatalogRef"]);
  const plugins = [
    ...listAt(spec, "plugins"),
    ...listAt(spec, "externalClusters").map((each) => valueAt(each, ["plugin"])),
  ];
  return (
    first(volumes, (volume) => missingClass(cluster, volume.storageClass)) ??
    (isBag(catalog)
      ? missingObject(object, String(catalog.kind), String(catalog.name))
      : undefined) ??
    first(plugins, (plugin) => archive(object, plugin))
  );
}

/** The plugin for archives, with the object that describes the archive. */
function archive(object: Operated, plugin: unknown): string | undefined {
  if (valueAt(plugin, ["name"]) !== "barman-cloud.cloudnative-pg.io") return undefined;
  const apiVersion = "barmancloud.cnpg.io/v1";
  const { cluster } = object;
  const chart = "plugin-barman-cloud";
  const installed = cluster.releases().some(({ inputs }) => chartName(inputs.chart) === chart);
  if (!installed && !cluster.hasItself(apiVersion))
    return `its plugin barman-cloud.cloudnative-pg.io is not installed: there is no release of ${chart}`;
  const name = String(valueAt(plugin, ["parameters", "barmanObjectName"]));
  return missingObject({ ...object, apiVersion }, "ObjectStore", name);
}

function issuer(object: Operated): string | undefined {
  const { name, kind = "Issuer", group = "cert-manager.io" } = bagAt(object.spec, "issuerRef");
  if (group !== "cert-manager.io" || object.cluster.hasItself(object.apiVersion)) return undefined;
  return missingObject(object, String(kind), String(name));
}

function secretStore(object: Operated): string | undefined {
  const { name, kind = "SecretStore" } = bagAt(object.spec, "secretStoreRef");
  if (name === undefined || object.cluster.hasItself(object.apiVersion)) return undefined;
  return missingObject(object, String(kind), String(name));
}

/** That an object is missing, or is not ready itself. */
function missingObject(
  { cluster, apiVersion, namespace }: Pick<Operated, "cluster" | "apiVersion" | "namespace">,
  kind: string,
  name: string,
): string | undefined {
  const found = cluster
    .objects(apiVersion, kind)
    .find(
      (each) => each.name === name && (each.namespace === namespace || kind.startsWith("Cluster")),
    );
  if (found === undefined) {
    const where = kind.startsWith("Cluster") ? "" : ` in namespace ${namespace}`;
    return `${kind} "${name}" does not exist${where}`;
  }
  return found.isReady ? undefined : `${kind} "${name}" is not ready`;
}

function first<Item>(
  items: readonly Item[],
  reason: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const found = reason(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function listAt(value: unknown, key: string): unknown[] {
  const found = valueAt(value, [key]);
  return Array.isArray(found) ? found : [];
}

function bagAt(value: unknown, key: string): Bag {
  const found = valueAt(value, [key]);
  return isBag(found) ? found : {};
}
