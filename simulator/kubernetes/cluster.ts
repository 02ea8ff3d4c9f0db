/** The cluster of a kubernetes provider: its API versions, namespaces and nodes. */
import { clusterAt, insideOf } from "../clusters.ts";
import { CloudError } from "../errors.ts";
import { clusterOf, type Site, type SiteNode, sitePlace } from "../kubeconfig.ts";
import { isBuiltIn } from "../schema/index.ts";
import type { Resource, Store } from "../store.ts";
import { type Bag, isBag } from "../wire.ts";
import { chartsThatServe, type Served, servedByRelease } from "./charts.ts";
import { existingObject, firstNamespaces } from "./existing-objects.ts";
import { type StorageClasses, servedByAddon, servedByCloud, storageClassesOf } from "./managed.ts";
import { type ClusterObject, clusterObject } from "./object.ts";

export const RELEASE = "kubernetes:helm.sh/v3:Release";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const DEFINITION = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
const PRIORITY_CLASS = "kubernetes:scheduling.k8s.io/v1:PriorityClass";
const ADDON = "aws:eks/addon:Addon";

export class Cluster {
  readonly place: string;
  readonly namespace: string;
  readonly #store: Store;
  readonly #resource: Resource | undefined;
  readonly #site: Site | undefined;

  /** @throws CloudError when there is no cluster at the kubeconfig's address. */
  constructor(config: Bag, store: Store) {
    const address = clusterOf(config);
    const { server, site, namespace } = address;
    this.#store = store;
    this.#resource = clusterAt(server, store);
    this.#site = site;
    if (this.#resource === undefined && site === undefined) {
      throw new CloudError(
        "ClusterUnreachable",
        `Get "${server}/version": no cluster of this rehearsal has this address, and the kubeconfig does not describe a site`,
      );
    }
    this.place = this.#resource === undefined ? sitePlace(address) : insideOf(this.#resource);
    this.namespace =
      typeof config.namespace === "string" ? config.namespace : (namespace ?? "default");
  }

  /** @throws CloudError when the namespace does not exist. */
  requireNamespace(name: string): void {
    if (firstNamespaces.has(name) || this.#namespace(name) !== undefined) return;
    throw new CloudError("NotFound", `namespaces "${name}" not found`);
  }

  /** An existing namespace: created directly, or by a release. */
  #namespace(name: string): Resource | undefined {
    const made = this.#store.find(this.place, NAMESPACE, name);
    return (
      made ??
      this.#store
        .ofType(RELEASE, this.place)
        .find(({ inputs }) => inputs.createNamespace === true && inputs.namespace === name)
    );
  }

  /** @throws CloudError when the cluster does not serve the kind. */
  requireKind(apiVersion: string, kind: string): void {
    const serves = (one: Served) =>
      one.apiVersion === apiVersion && (one.kinds?.includes(kind) ?? true);
    if (this.#served().some(serves) || this.definition(apiVersion, kind) !== undefined) return;
    const charts = chartsThatServe(apiVersion, kind);
    const cure =
      charts.length === 0 ? "no known chart installs it" : `install ${charts.join(" or ")} first`;
    throw new CloudError(
      "NoKindMatch",
      `no matches for kind "${kind}" in version "${apiVersion}": ${cure}`,
    );
  }

  /** The version of a definition in the program that serves the kind. */
  definition(apiVersion: string, kind: string): Bag | undefined {
    return this.#definitions()
      .map((definition) => servedVersion(definition, apiVersion, kind))
      .find((version) => version !== undefined);
  }

  #served(): Served[] {
    return [...this.#own(), ...this.releases().flatMap(({ state }) => servedByRelease(state))];
  }

  /** What the site, the cloud and its add-ons serve. */
  #own(): Served[] {
    const whole = (versions: readonly string[]) => versions.map((apiVersion) => ({ apiVersion }));
    const cluster = this.#resource;
    if (cluster === undefined) return whole(this.#site?.apis ?? []);
    const addons = this.#store
      .referrers(cluster.key, ADDON)
      .flatMap(({ resource }) => servedByAddon(String(resource.state.addonName)));
    return whole([...servedByCloud(cluster.type, cluster.state), ...addons]);
  }

  /** An object that exists without having been created; see existing-objects.ts. */
  existing(type: string, id: string): Resource | undefined {
    const serves = (apiVersion: string) => this.serves(apiVersion);
    return existingObject({ place: this.place, site: this.#site, serves }, type, id);
  }

  /** Whether the cluster serves an API version that no release and no definition of a stack has installed. */
  hasItself(apiVersion: string): boolean {
    return this.#own().some((one) => one.apiVersion === apiVersion);
  }

  releases(): Resource[] {
    return this.#store.ofType(RELEASE, this.place);
  }

  /** The objects of a kind that stacks have created. */
  objects(apiVersion: string, kind: string): ClusterObject[] {
    return this.#store.ofType(`kubernetes:${apiVersion}:${kind}`, this.place).map(clusterObject);
  }

  /** The StorageClasses that the cluster has without a stack, if they are known. */
  storageClasses(): StorageClasses {
    const byDefault = this.#site?.defaultClasses.StorageClass;
    if (this.#site !== undefined) {
      const names = this.#site.storageClasses;
      const all = [...(names ?? []), ...(byDefault === undefined ? [] : [byDefault])];
      return { described: names !== undefined, names: all, byDefault };
    }
    return storageClassesOf(this.#resource?.type ?? "");
  }

  /** Whether the cluster serves any kind of an API version. */
  serves(apiVersion: string): boolean {
    return (
      isBuiltIn(apiVersion) ||
      this.#served().some((one) => one.apiVersion === apiVersion) ||
      this.#definitions().some((definition) => servedVersion(definition, apiVersion) !== undefined)
    );
  }

  /** The definitions of custom resources that stacks have created. */
  #definitions(): Bag[] {
    return [DEFINITION, `${DEFINITION}Patch`].flatMap((type) =>
      this.#store.ofType(type, this.place).map(({ state }) => state),
    );
  }

  /** @throws CloudError when another PriorityClass is the default: the admission plugin Priority allows one. */
  requireOneDefault(type: string, { globalDefault }: Bag, id: string): void {
    if (type !== PRIORITY_CLASS || globalDefault !== true) return;
    const other =
      this.#site?.defaultClasses.PriorityClass ??
      this.#store
        .ofType(PRIORITY_CLASS, this.place)
        .find((each) => each.id !== id && each.inputs.globalDefault === true)?.id;
    if (other === undefined || other === id) return;
    throw new CloudError(
      "Forbidden",
      `priorityclasses.scheduling.k8s.io "${id}" is forbidden: PriorityClass ${other} is already marked as default. Only one default can exist`,
    );
  }

  /** The node with this name, if the site describes its nodes. */
  node(name: string): SiteNode | undefined {
    return this.#site?.nodes.find((node) => node.name === name);
  }
}

function servedVersion({ spec }: Bag, apiVersion: string, kind?: string): Bag | undefined {
  if (!isBag(spec) || !isBag(spec.names)) return undefined;
  if (kind !== undefined && spec.names.kind !== kind) return undefined;
  const versions = Array.isArray(spec.versions) ? spec.versions.filter(isBag) : [];
  return versions.find(
    (version) =>
      version.served === true && `${String(spec.group)}/${String(version.name)}` === apiVersion,
  );
}
