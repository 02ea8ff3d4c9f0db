/** Network policies: which pods can open a connection to pods of another tenant, or of the cell. */
import { theCell } from "../model.ts";
import {
  commonPorts,
  type Direction,
  type NetworkRule,
  type PortRange,
  policiesByNamespace,
  portsText,
  rulesOf,
} from "../network-rules.ts";
import type { Paths } from "../paths.ts";
import type { Plane } from "../plane.ts";
import { areOfDataServices, servicePorts } from "../service-ports.ts";
import type { CellView, NamespaceView } from "../view.ts";

export const network: Plane = {
  id: "ISO1",
  title: "No pod connects to pods of another tenant, nor to what is the cell's alone",
  remedy:
    "deny both directions for all pods of each namespace, and allow calls between the tenant's own namespaces only",
  find,
};

type RulesOf = (namespace: NamespaceView) => readonly NetworkRule[];

function find(view: CellView, paths: Paths): void {
  const [egress, ingress] = [rules(view, "Egress"), rules(view, "Ingress")];
  const served = servicePorts(view);
  const connected = new Set<string>();
  for (const from of view.namespaces) {
    if (from.tenant === undefined) continue;
    for (const out of egress(from)) {
      for (const to of among(view, out.peers)) {
        if (to.tenant === from.tenant) continue;
        // A tenant's own data service reaches the API server and its archive as the cell's do: nobody of the tenant runs code in it.
        if (to.tenant === undefined && !view.isForWorkloads(from)) continue;
        const byAddress = out.chosen !== "any" && !out.chosen.has(to.name);
        const isServed = (ports: readonly PortRange[]) =>
          to.tenant === undefined &&
          (served(to.name, ports) || (byAddress && areOfDataServices(ports)));
        if (connect(from, to, out, ingress(to), isServed, paths))
          connected.add(pair(from.tenant, to.tenant));
      }
    }
  }
  halves(view, egress, ingress, connected, paths);
}

function rules(view: CellView, direction: Direction): RulesOf {
  const policies = policiesByNamespace(view);
  const known = new Map<string, readonly NetworkRule[]>();
  return ({ name }) => {
    const found = known.get(name) ?? rulesOf(view, name, policies.get(name) ?? [], direction);
    known.set(name, found);
    return found;
  };
}

function among(view: CellView, peers: NetworkRule["peers"]): readonly NamespaceView[] {
  if (peers === "any") return view.namespaces;
  return [...peers].flatMap((name) => view.namespace(name) ?? []);
}

function pair(from: string, to = theCell): string {
  return `${from} ${to}`;
}

/** Both ends must allow a connection. @returns whether they do */
function connect(
  from: NamespaceView,
  to: NamespaceView,
  out: NetworkRule,
  into: readonly NetworkRule[],
  isServed: (ports: readonly PortRange[]) => boolean,
  paths: Paths,
): boolean {
  for (const rule of into) {
    if (rule.peers !== "any" && !rule.peers.has(from.name)) continue;
    const ports = commonPorts(out, rule);
    if (ports === undefined || isServed(ports)) continue;
    const resource = (out.policy ?? from.object)?.resource;
    if (resource === undefined) continue;
    paths.add({
      key: [nameOf(out), nameOf(rule), to.tenant === undefined ? to.name : ""].join("\n"),
      from: from.tenant ?? theCell,
      to: [to.tenant ?? theCell],
      resource,
      steps: () => [
        {
          principal: `pods of ${from.name}`,
          can: `connect to pods of ${to.name} on ${portsText(ports)}`,
          because: out.why,
        },
        { principal: `pods of ${to.name}`, can: "accept the connection", because: rule.why },
      ],
    });
    return true;
  }
  return false;
}

/**
 * Every pair of namespaces is denied at both ends. Where one end allows pods of another tenant, a change of the other tenant's policies
 * alone would connect them.
 */
function halves(
  view: CellView,
  egress: RulesOf,
  ingress: RulesOf,
  connected: ReadonlySet<string>,
  paths: Paths,
): void {
  for (const namespace of view.namespaces) {
    const { tenant, object } = namespace;
    if (tenant === undefined) continue;
    const half = (from: string, to: string, rule: NetworkRule, ends: readonly string[]) => {
      const resource = (rule.policy ?? object)?.resource;
      if (resource === undefined || from === to || connected.has(pair(from, to))) return;
      const [principal = "", can = "", other = ""] = ends;
      paths.add({
        key: `${nameOf(rule)}\n${other}`,
        from,
        to: [to],
        resource,
        steps: () => [
          { principal, can, because: rule.why },
          {
            principal: `the ${other} policies of the other end`,
            can: "are all that still denies the connection",
            because: "both ends must deny it",
          },
        ],
      });
    };
    for (const rule of egress(namespace)) {
      for (const to of reachedBy(view, rule, tenant))
        half(tenant, to, rule, [
          `pods of ${namespace.name}`,
          `connect to pods of tenant ${to}`,
          "ingress",
        ]);
    }
    for (const rule of ingress(namespace)) {
      for (const from of reachedBy(view, rule, tenant))
        half(from, tenant, rule, [
          `pods of ${namespace.name}`,
          `accept connections of tenant ${from}`,
          "egress",
        ]);
    }
  }
}

/** The other tenants whose pods a rule selects. */
function reachedBy(view: CellView, { chosen }: NetworkRule, tenant: string): Iterable<string> {
  if (chosen === "any") return view.tenants;
  return new Set(
    [...chosen]
      .map((name) => view.ownerOf(name))
      .filter((owner) => owner !== tenant && owner !== theCell),
  );
}

function nameOf({ policy }: NetworkRule): string {
  return policy?.name ?? "(no policy)";
}
