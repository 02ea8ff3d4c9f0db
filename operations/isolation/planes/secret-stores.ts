/** Stores of External Secrets: which namespaces read through which identity. */

import { matches } from "../glob.ts";
import { theCell } from "../model.ts";
import type { Paths } from "../paths.ts";
import { at, list, record, text, texts } from "../plain.ts";
import type { Plane } from "../plane.ts";
import {
  type CellView,
  type KubernetesObject,
  type NamespaceView,
  ownerText,
  registrant,
} from "../view.ts";

export const secretStores: Plane = {
  id: "ISO9",
  title: "No namespace of a tenant reads secrets with the identity of others",
  remedy:
    "give each tenant a SecretStore with its own service account, and each ClusterSecretStore conditions that leave tenants out",
  find,
};

function find(view: CellView, paths: Paths): void {
  for (const store of view.objects("ClusterSecretStore")) {
    clusterStore(view, paths, store);
    foreignAccount(view, paths, store);
  }
  const stores = view.objects("SecretStore");
  for (const store of stores) identity(view, paths, store);
  sameIdentity(view, paths, [...stores, ...view.objects("ClusterSecretStore")]);
}

/** A store without conditions serves every namespace. */
function clusterStore(view: CellView, paths: Paths, store: KubernetesObject): void {
  const conditions = list(at(store.inputs, "spec", "conditions")).map(record);
  const owner = registrant(store.resource);
  const served = view.namespaces.filter(
    (namespace) =>
      namespace.tenant !== undefined &&
      (conditions.length === 0 ||
        conditions.some((condition) => serves(view, condition, namespace))),
  );
  for (const { tenant = theCell, name } of served) {
    paths.add({
      key: store.name,
      from: tenant,
      to: [owner],
      resource: store.resource,
      steps: () => [
        {
          principal: `ExternalSecrets of ${name}`,
          can: `read through ClusterSecretStore ${store.name}`,
          because: conditions.length === 0 ? "it has no conditions" : "its conditions admit it",
        },
        {
          principal: `ClusterSecretStore ${store.name}`,
          can: `reads what the identity of ${ownerText(owner)} may read`,
          because: "its provider signs in with that identity, whoever asks",
        },
      ],
    });
  }
}

function serves(
  view: CellView,
  condition: Readonly<Record<string, unknown>>,
  { name }: NamespaceView,
): boolean {
  const { namespaces, namespaceRegexes, namespaceSelector } = condition;
  return (
    texts(namespaces).some((pattern) => matches(pattern, name)) ||
    texts(namespaceRegexes).some((form) => new RegExp(form).test(name)) ||
    (namespaceSelector !== undefined &&
      view.selected(namespaceSelector).some((selected) => selected.name === name))
  );
}

/** A tenant's store that signs in with the service account of somebody else. */
function foreignAccount(view: CellView, paths: Paths, store: KubernetesObject): void {
  const { tenant } = store.resource;
  // IAM judges a role that the store assumes, with the tags that it sets.
  const role = text(at(store.inputs, "spec", "provider", "aws", "role"));
  if (tenant === undefined || role !== undefined) return;
  const accounts = accountsIn(at(store.inputs, "spec", "provider"));
  const foreign = accounts.filter(({ owner }) => owner(view) !== tenant);
  if (accounts.length > 0 && foreign.length === 0) return;
  paths.add({
    key: store.kind,
    from: tenant,
    to: accounts.length === 0 ? [theCell] : foreign.map(({ owner }) => owner(view)),
    resource: store.resource,
    steps: () => [
      {
        principal: `ClusterSecretStore ${store.name}`,
        can: "reads what another identity may read",
        because:
          foreign[0] === undefined
            ? "it has no service account, and signs in as the operator"
            : `its service account ${foreign[0].name} is not the tenant's`,
      },
    ],
  });
}

/** The service accounts that a provider refers to, at any depth. */
function accountsIn(value: unknown): { readonly name: string; owner(view: CellView): string }[] {
  return Object.entries(record(value)).flatMap(([key, each]) => {
    const { namespace, name } = record(each);
    // The provider for Kubernetes calls it otherwise than those of clouds and vaults.
    const refers = key === "serviceAccountRef" || key === "serviceAccount";
    if (!refers || name === undefined) return accountsIn(each);
    const [within, own] = [text(namespace) ?? "", text(name) ?? ""];
    return [{ name: `${within}/${own}`, owner: (view) => view.ownerOfAccount(within, own) }];
  });
}

/** A store of a namespace without an identity of its own signs in as the operator. */
function identity(view: CellView, paths: Paths, store: KubernetesObject): void {
  const tenant = view.ownerOf(store.namespace);
  if (tenant === theCell) return;
  const add = (to: Iterable<string>, can: string, because: string) =>
    paths.add({
      key: because.replaceAll(tenant, ""),
      from: tenant,
      to,
      resource: store.resource,
      steps: () => [{ principal: `SecretStore ${store.namespace}/${store.name}`, can, because }],
    });
  const provider = record(at(store.inputs, "spec", "provider"));
  for (const [kind, each] of Object.entries(provider)) {
    if (!hasIdentity(record(each).auth))
      add(view.everyoneBut(tenant), "reads what the operator may read", `${kind} has no auth`);
    const remote = text(record(each).remoteNamespace);
    if (remote !== undefined && view.ownerOf(remote) !== tenant)
      add([view.ownerOf(remote)], `reads secrets of ${remote}`, "its remoteNamespace");
  }
}

/** A service account, a role of a vault, or credentials in a secret of the namespace. */
function hasIdentity(auth: unknown): boolean {
  const found = JSON.stringify(auth ?? {});
  return /"(serviceAccountRef|serviceAccount|secretRef|clientTls|tokenSecretRef|roleRef|certs?)"/.test(
    found,
  );
}

/** Two tenants that sign in as the same read the same. */
function sameIdentity(view: CellView, paths: Paths, stores: readonly KubernetesObject[]): void {
  const holderOf = ({ namespace, resource }: KubernetesObject) =>
    namespace === "" ? registrant(resource) : view.ownerOf(namespace);
  const alike = Map.groupBy(
    stores.filter((store) => holderOf(store) !== theCell),
    signsInAs,
  );
  for (const [as, shared] of alike) {
    const tenants = [...new Set(shared.map(holderOf))];
    if (as === undefined || tenants.length < 2) continue;
    for (const store of shared) {
      paths.add({
        key: as,
        from: holderOf(store),
        to: tenants,
        resource: store.resource,
        steps: () => [
          {
            principal: `${store.kind} ${store.name} of tenant ${holderOf(store)}`,
            can: `signs in as ${as}`,
            because: "stores of several tenants name it",
          },
        ],
      });
    }
  }
}

/** What an identity outside of the namespace is named by: the AWS role, or the role and mount of a vault. */
function signsInAs({ inputs }: KubernetesObject): string | undefined {
  const provider = at(inputs, "spec", "provider");
  const { role, sessionTags } = record(at(provider, "aws"));
  if (text(role) !== undefined)
    return [text(role), ...list(sessionTags).map((tag) => record(tag).value)].join(" ");
  const vault = record(at(provider, "vault"));
  const kubernetes = record(at(vault, "auth", "kubernetes"));
  const own = text(kubernetes.role);
  if (own === undefined) return undefined;
  return [vault.server, vault.namespace, kubernetes.mountPath, own].filter(Boolean).join(" ");
}
