/** Quotas: a tenant without limits takes the capacity of all others, and a port of nodes bypasses what isolates it. */
import type { Paths } from "../paths.ts";
import { at, labels, list, record, text } from "../plain.ts";
import type { Plane } from "../plane.ts";
import type { CellView, KubernetesObject, NamespaceView } from "../view.ts";

export const quotas: Plane = {
  id: "ISO4",
  title: "No tenant takes the capacity of others",
  remedy:
    "give each namespace one quota without scopes that has every resource and zero node ports, a limit range, and a FlowSchema by namespace",
  find,
};

/** What one quota without scopes must limit. Zero is needed where a value says so. */
const needed: readonly { readonly key: string; readonly zero?: true }[] = [
  { key: "requests.cpu" },
  { key: "limits.cpu" },
  { key: "requests.memory" },
  { key: "limits.memory" },
  { key: "requests.ephemeral-storage" },
  { key: "pods" },
  { key: "requests.storage" },
  { key: "persistentvolumeclaims" },
  { key: "services.nodeports", zero: true },
  { key: "services.loadbalancers", zero: true },
];

function find(view: CellView, paths: Paths): void {
  const ofNamespace = (kind: string) =>
    Map.groupBy(view.objects(kind), ({ namespace }) => namespace);
  const [quotaOf, limitsOf] = [ofNamespace("ResourceQuota"), ofNamespace("LimitRange")];
  const fair = fairNamespaces(view);
  for (const namespace of view.namespaces) {
    const { tenant, name, object } = namespace;
    if (tenant === undefined || object === undefined || !view.isForWorkloads(namespace)) continue;
    const add = (can: string, because: string) =>
      paths.add({
        key: `${can}\n${because.replaceAll(name, "")}`,
        from: tenant,
        to: view.everyoneBut(tenant),
        resource: object.resource,
        steps: () => [{ principal: `pods of ${name}`, can, because }],
      });
    for (const because of lacking(quotaOf.get(name) ?? []))
      add("take the capacity of the cell, or a port of its nodes", because);
    if (!limitsOf.get(name)?.some(limitsContainers))
      add("run without requests and limits", "no limit range sets defaults for containers");
    if (!fair(namespace))
      add("fill the queues of the API server", "no FlowSchema separates its requests by namespace");
  }
}

function lacking(quotaObjects: readonly KubernetesObject[]): string[] {
  const whole = quotaObjects.filter(
    ({ inputs }) =>
      list(at(inputs, "spec", "scopes")).length === 0 &&
      at(inputs, "spec", "scopeSelector") === undefined,
  );
  if (whole.length === 0) return ["no quota without scopes limits the namespace"];
  const hard = Object.assign({}, ...whole.map(({ inputs }) => labels(at(inputs, "spec", "hard"))));
  return needed.flatMap(({ key, zero }) => {
    const value: unknown = hard[key];
    if (value === undefined) return [`its quota does not limit ${key}`];
    return zero && value !== "0" ? [`its quota allows ${String(value)} ${key}`] : [];
  });
}

function limitsContainers({ inputs }: KubernetesObject): boolean {
  return list(at(inputs, "spec", "limits")).some((each) => {
    const limit = record(each);
    const set = record(limit.default);
    return limit.type === "Container" && set.cpu !== undefined && set.memory !== undefined;
  });
}

/** Whether requests of a namespace's service accounts are queued apart from those of other namespaces. */
function fairNamespaces(view: CellView): (namespace: NamespaceView) => boolean {
  const found = new Set<string>();
  for (const { inputs } of view.objects("FlowSchema")) {
    const kind = text(at(inputs, "spec", "distinguisherMethod", "type"));
    if (kind === undefined) continue;
    for (const rule of list(at(inputs, "spec", "rules"))) {
      for (const subject of list(record(rule).subjects)) {
        const account = record(record(subject).serviceAccount);
        if (account.name === "*") found.add(text(account.namespace) ?? "");
      }
    }
  }
  return ({ name }) => found.has(name);
}
