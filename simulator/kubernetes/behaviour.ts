/** How a Kubernetes cluster behaves: objects match OpenAPI schemas, namespaces exist, and kinds are served. */
import { automaticName } from "../autoname.ts";
import { CloudError } from "../errors.ts";
import { valueAt } from "../outputs/making.ts";
import type { Behaviour, Made, Wanted } from "../provider.ts";
import {
  type CheckFailure,
  checkInputs,
  checkKubernetes,
  checkStructural,
  definitionBody,
  gvkOf,
  isBuiltIn,
  isNamespaced,
  type ResourceSchema,
  resourceSchema,
} from "../schema/index.ts";
import type { Resource, Store } from "../store.ts";
import { type Bag, isBag, UNKNOWN, type Wired } from "../wire.ts";
import { keepArchive, refuseUsedArchive } from "./archives.ts";
import { awaitFailure } from "./awaiting.ts";
import { checkChartValues } from "./chart-values.ts";
import { Cluster, RELEASE } from "./cluster.ts";
import { unreadyReason } from "./readiness.ts";
import { releasePreview, releaseState } from "./release.ts";
import { objectPreview, objectState } from "./status.ts";

export class Kubernetes implements Behaviour {
  readonly notReady = awaitFailure;
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  check(wanted: Wanted, olds: Bag): { inputs: Bag; failures: readonly CheckFailure[] } {
    const { type, urn, values, config } = wanted;
    if (type === RELEASE) {
      const schema = resourceSchema(type);
      const inputs = {
        name: olds.name ?? automaticName(urn),
        namespace: defaultNamespace(config),
        ...values,
      };
      const failures = schema === undefined ? [] : checkInputs(schema, inputs);
      return { inputs, failures: [...failures, ...checkChartValues(inputs)] };
    }
    const gvk = gvkOf(type);
    if (gvk === undefined) {
      return {
        inputs: values,
        failures: [{ property: "", reason: `the embedded cloud does not serve ${type}` }],
      };
    }
    const inputs = named(
      { apiVersion: gvk.apiVersion, kind: gvk.kind, ...values },
      urn,
      olds,
      config,
    );
    return { inputs, failures: checkKubernetes(inputs, { patch: gvk.patch }) };
  }

  place(_type: string, _properties: Bag, config: Bag): string {
    return new Cluster(config, this.#store).place;
  }

  lookUp(type: string, id: string, _properties: Bag, config: Bag): Resource | undefined {
    const cluster = this.#cluster(config);
    if (cluster === undefined) return undefined;
    const { place } = cluster;
    const found =
      this.#store.find(place, type, id) ??
      this.#store.find(place, type, id.replace(/^default\//, ""));
    return found ?? cluster.existing(type, id);
  }

  /** The cluster; undefined if it does not exist and the provider treats resources of unreachable clusters as deleted. */
  #cluster(config: Bag): Cluster | undefined {
    try {
      return new Cluster(config, this.#store);
    } catch (error) {
      const forgiven = String(config.deleteUnreachable) === "true";
      if (forgiven && error instanceof CloudError && error.code === "ClusterUnreachable")
        return undefined;
      throw error;
    }
  }

  preview({ type, values, secrets }: Wanted, previous: Resource | undefined): Wired {
    const state =
      type === RELEASE ? releasePreview(values) : objectPreview(values, previous?.state);
    return { values: state, secrets };
  }

  make(wanted: Wanted, previous: Resource | undefined): Made {
    const cluster = new Cluster(wanted.config, this.#store);
    const { type, values, secrets, urn } = wanted;
    const id = previous?.id ?? idOf(type, values);
    if (previous === undefined) this.#refuse(cluster, type, values, id);
    cluster.requireOneDefault(type, values, id);
    refuseBody(cluster, type, values);
    const seed = `${cluster.place}|${type}|${id}|${previous === undefined ? this.#store.nextGeneration(urn) : 0}`;
    const state =
      type === RELEASE
        ? releaseState(values, previous?.state)
        : objectState(values, seed, previous?.state, unreadyReason(values, cluster));
    return {
      place: cluster.place,
      id,
      state,
      secrets: [...secrets, ...secretData(values)],
      indexes: {
        handles: [{ handle: id, scope: cluster.place }],
        names: [],
        references: [],
        fills: [],
      },
    };
  }

  collides(_schema: ResourceSchema, olds: Bag, news: Bag): boolean {
    return nameOf(olds) === nameOf(news) && namespaceOf(olds) === namespaceOf(news);
  }

  /** With a namespace, everything in it. */
  remove(resource: Resource): void {
    keepArchive(resource, this.#store);
    if (resource.type !== "kubernetes:core/v1:Namespace") return;
    for (const object of this.#store.inPlace(resource.place)) {
      if (object.key !== resource.key && namespaceOf(object.inputs) === resource.id)
        this.#store.delete(object.key);
    }
  }

  /** @throws CloudError when the API server would refuse the object. */
  #refuse(cluster: Cluster, type: string, inputs: Bag, id: string): void {
    const gvk = gvkOf(type);
    const namespace = namespaceOf(inputs);
    const created = type === RELEASE && inputs.createNamespace === true;
    if (namespace !== undefined && !created) cluster.requireNamespace(namespace);
    if (gvk !== undefined && !isBuiltIn(gvk.apiVersion))
      cluster.requireKind(gvk.apiVersion, gvk.kind);
    if (gvk?.patch) this.#refuseMissing(cluster, type, inputs, id);
    else this.#refuseTwin(cluster, type, id);
    refuseUsedArchive(cluster.place, type, inputs, this.#store);
  }

  /** A patch needs an existing object. */
  #refuseMissing(cluster: Cluster, type: string, inputs: Bag, id: string): void {
    const kind = gvkOf(type)?.kind ?? "";
    const target = type.replace(/Patch$/, "");
    const exists =
      this.#store.find(cluster.place, target, id) ??
      (kind === "Node" && cluster.node(id) !== undefined);
    if (!exists && !system(inputs) && !isWhole(inputs))
      throw new CloudError("NotFound", `${plural(kind)} "${nameOf(inputs)}" not found`);
  }

  #refuseTwin(cluster: Cluster, type: string, id: string): void {
    const twin = this.#store.find(cluster.place, type, id);
    if (twin === undefined) return;
    const noun = type === RELEASE ? "release" : plural(gvkOf(type)?.kind ?? "object");
    throw new CloudError(
      "AlreadyExists",
      `${noun} "${id}" already exists (created by ${twin.urn})`,
    );
  }
}

/**
 * Custom resources of a definition in the program are checked when it exists; those of known projects are checked earlier.
 *
 * @throws CloudError when the object does not match the definition.
 */
function refuseBody(cluster: Cluster, type: string, values: Bag): void {
  const gvk = gvkOf(type);
  if (gvk === undefined || gvk.patch || isBuiltIn(gvk.apiVersion)) return;
  const schema = valueAt(cluster.definition(gvk.apiVersion, gvk.kind), [
    "schema",
    "openAPIV3Schema",
  ]);
  if (!isBag(schema)) return;
  const { apiVersion: _, kind: __, metadata: ___, ...body } = values;
  const failures = checkStructural(definitionBody(schema), body, "");
  if (failures.length === 0) return;
  const text = failures.map(({ property, reason }) => `${property}: ${reason}`);
  throw new CloudError("Invalid", `${gvk.kind} "${nameOf(values)}" is invalid: ${text.join("; ")}`);
}

/** The object with its name and, for namespaced kinds, its namespace. */
function named(inputs: Bag, urn: string, olds: Bag, config: Bag): Bag {
  if (inputs.metadata === UNKNOWN) return inputs;
  const metadata = isBag(inputs.metadata) ? inputs.metadata : {};
  const generated = metadata.generateName !== undefined;
  const name =
    metadata.name ??
    nameOf(olds) ??
    (generated ? `${metadata.generateName}${automaticName(urn).slice(-5)}` : automaticName(urn));
  const namespaced = isNamespaced(String(inputs.apiVersion), String(inputs.kind));
  const namespace = namespaced ? { namespace: metadata.namespace ?? defaultNamespace(config) } : {};
  return { ...inputs, metadata: { ...metadata, name, ...namespace } };
}

function defaultNamespace({ namespace }: Bag): string {
  return typeof namespace === "string" && namespace !== "" ? namespace : "default";
}

function idOf(type: string, inputs: Bag): string {
  const namespace = namespaceOf(inputs);
  const name = type === RELEASE ? String(inputs.name) : nameOf(inputs);
  return namespace === undefined ? String(name) : `${namespace}/${name}`;
}

function nameOf({ metadata, name }: Bag): unknown {
  return isBag(metadata) ? metadata.name : name;
}

function namespaceOf({ metadata, namespace }: Bag): string | undefined {
  const value = isBag(metadata) ? metadata.namespace : namespace;
  return typeof value === "string" ? value : undefined;
}

/** Server-side apply creates a missing object from a patch that has all that the object needs. */
function isWhole({ kind, spec }: Bag): boolean {
  return kind === "CustomResourceDefinition" && isBag(spec) && Array.isArray(spec.versions);
}

/** Objects that every cluster has, which can be patched. */
function system(inputs: Bag): boolean {
  const name = nameOf(inputs);
  return namespaceOf(inputs) === "kube-system" || name === "default" || name === "kube-system";
}

/** The data of a Secret is always secret. */
function secretData({ kind, data, stringData }: Bag): string[] {
  if (kind !== "Secret") return [];
  return [
    ...(data === undefined ? [] : ["/data"]),
    ...(stringData === undefined ? [] : ["/stringData"]),
  ];
}

function plural(kind: string): string {
  const noun = kind.toLowerCase();
  if (/(s|x|ch)$/.test(noun)) return `${noun}es`;
  return noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
