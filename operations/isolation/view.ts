/** The resources of a cell, indexed for the planes. Pure. */
import { tenantLabel, tierLabel } from "../../components/tenant-namespaces/names.ts";
import { type IsolationCell, type IsolationResource, type Plain, theCell } from "./model.ts";
import { at, labels, list, record, text, texts } from "./plain.ts";
import { selects } from "./selectors.ts";

/** An object of Kubernetes that a stack registered. */
export interface KubernetesObject {
  readonly kind: string;
  readonly group: string;
  readonly name: string;
  /** Empty for an object of the cluster. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly inputs: Plain;
  readonly resource: IsolationResource;
}

export interface NamespaceView {
  readonly name: string;
  /** The tenant whose stack registered it. @default it is the cell's */
  readonly tenant?: string;
  /** With `kubernetes.io/metadata.name`, which the API server sets. */
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined for a namespace that only objects name, such as `kube-system`. */
  readonly object?: KubernetesObject;
}

export interface CellView {
  readonly cell: IsolationCell;
  readonly tenants: readonly string[];
  /** All namespaces that are registered or named. */
  readonly namespaces: readonly NamespaceView[];
  namespace(name: string): NamespaceView | undefined;
  /** The tenant of a namespace, or the cell. */
  ownerOf(namespace: string): string;
  /** The tenant of a service account, or the cell: whose stack registered it, else whose namespace it is in. */
  ownerOfAccount(namespace: string, name: string): string;
  namespacesOf(tenant: string): readonly NamespaceView[];
  /** The objects of a kind. */
  objects(kind: string): readonly KubernetesObject[];
  /** The resources of a type of a cloud: `aws:s3/bucket:Bucket`. */
  ofType(type: string): readonly IsolationResource[];
  /** The tenants besides one, and the cell. */
  everyoneBut(tenant: string): readonly string[];
  /**
   * Whether somebody of the tenant runs workloads in its namespace: it has the tier's label, or a role to change objects is bound in
   * it. The others hold data services that the stack alone creates.
   */
  isForWorkloads(namespace: NamespaceView): boolean;
  /** The namespaces that a selector of labels selects. */
  selected(selector: unknown): readonly NamespaceView[];
}

/** Who registered a resource: a tenant, or the cell. */
export function registrant({ tenant }: IsolationResource): string {
  return tenant ?? theCell;
}

/** `tenant acme`, or `the cell`. */
export function ownerText(owner: string): string {
  return owner === theCell ? "the cell" : `tenant ${owner}`;
}

export function viewOf(cell: IsolationCell): CellView {
  const byType = Map.groupBy(cell.resources, ({ type }) => type);
  const byKind = Map.groupBy(cell.resources.flatMap(objectOf), ({ kind }) => kind);
  const namespaces = namespacesIn(byKind);
  const byName = new Map(namespaces.map((namespace) => [namespace.name, namespace]));
  const byTenant = Map.groupBy(namespaces, ({ tenant }) => tenant);
  const accounts = new Map(
    (byKind.get("ServiceAccount") ?? []).map(({ namespace, name, resource }) => [
      `${namespace}/${name}`,
      resource.tenant,
    ]),
  );
  const roles = new Map(
    (byKind.get("Role") ?? []).map((role) => [`${role.namespace}/${role.name}`, role]),
  );
  const bound = new Set(
    (byKind.get("RoleBinding") ?? [])
      .filter((binding) => mayChange(binding, roles))
      .map(({ namespace }) => namespace),
  );
  const everyone = [...cell.tenants, theCell];
  const selections = new Map<string, readonly NamespaceView[]>();
  return {
    cell,
    tenants: cell.tenants,
    namespaces,
    namespace: (name) => byName.get(name),
    ownerOf: (namespace) => byName.get(namespace)?.tenant ?? theCell,
    ownerOfAccount: (namespace, name) =>
      accounts.get(`${namespace}/${name}`) ?? byName.get(namespace)?.tenant ?? theCell,
    namespacesOf: (tenant) => byTenant.get(tenant) ?? [],
    objects: (kind) => byKind.get(kind) ?? [],
    ofType: (type) => byType.get(type) ?? [],
    isForWorkloads: ({ name, labels: own }) => own[tierLabel] !== undefined || bound.has(name),
    everyoneBut: (tenant) => everyone.filter((other) => other !== tenant),
    selected: (selector) => {
      const key = JSON.stringify(selector);
      const known = selections.get(key);
      if (known !== undefined) return known;
      const found = namespaces.filter((each) => selects(selector, each.labels));
      selections.set(key, found);
      return found;
    },
  };
}

const reading: ReadonlySet<string> = new Set(["get", "list", "watch"]);

/** Whether a binding gives more than to read. A cluster role counts as more: its rules may be those of the cluster. */
function mayChange(
  binding: KubernetesObject,
  roles: ReadonlyMap<string, KubernetesObject>,
): boolean {
  const { kind, name } = record(at(binding.inputs, "roleRef"));
  const role = kind === "Role" ? roles.get(`${binding.namespace}/${text(name)}`) : undefined;
  if (role === undefined) return true;
  return list(role.inputs.rules).some((rule) =>
    texts(record(rule).verbs).some((verb) => !reading.has(verb)),
  );
}

const kubernetesType = /^kubernetes:(?:([^/]+)\/)?[^:]+:(.+?)(?:Patch)?$/;

function objectOf(resource: IsolationResource): KubernetesObject[] {
  const [, group = "", kind] = kubernetesType.exec(resource.type) ?? [];
  if (kind === undefined) return [];
  const { inputs, outputs } = resource;
  const metadata = record(inputs.metadata);
  return [
    {
      kind,
      group: group === "core" ? "" : group,
      name: text(metadata.name) ?? text(at(outputs, "metadata", "name")) ?? resource.name,
      namespace: text(metadata.namespace) ?? text(at(outputs, "metadata", "namespace")) ?? "",
      labels: labels(metadata.labels),
      inputs,
      resource,
    },
  ];
}

const nameLabel = "kubernetes.io/metadata.name";

function namespacesIn(byKind: ReadonlyMap<string, readonly KubernetesObject[]>): NamespaceView[] {
  const registered = (byKind.get("Namespace") ?? []).map((object): NamespaceView => {
    const { name, resource } = object;
    const { tenant } = resource;
    return {
      name,
      labels: { ...object.labels, [nameLabel]: name },
      object,
      ...(tenant === undefined ? {} : { tenant }),
    };
  });
  const known = new Set(registered.map(({ name }) => name));
  const others = new Set(["kube-system", "default"]);
  for (const objects of byKind.values()) {
    for (const { namespace } of objects) {
      if (namespace !== "" && !known.has(namespace)) others.add(namespace);
    }
  }
  for (const name of known) others.delete(name);
  return [
    ...registered,
    ...[...others].map((name): NamespaceView => ({ name, labels: { [nameLabel]: name } })),
  ];
}

/** The tenant that a namespace's label names, which policies and admission go by. */
export function labelledTenant({ labels: own }: NamespaceView): string | undefined {
  return own[tenantLabel];
}
