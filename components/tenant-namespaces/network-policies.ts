/** The network policies of a tenant, from its declaration of who may call whom. Pure. */
import { contains } from "../core/cidr.ts";
import { type PolicySpec, podsOf, tcp } from "../core/isolated-namespace.ts";
import { namespaceOf, serviceLabel } from "./names.ts";
import type { NamespacesSpec, Reach } from "./schema.ts";

/** Policies by key, for each of the tenant's namespaces. */
export type SpacePolicies = Readonly<Record<string, Readonly<Record<string, PolicySpec>>>>;

/**
 * The policies of each namespace besides the denial of everything, and DNS. Each call is a pair: egress where it starts, and ingress
 * where it ends. Keys are stable: they name both ends.
 */
export function policiesOf({
  tenant,
  settings,
  reaches,
  suspended,
  inside,
}: NamespacesSpec): SpacePolicies {
  const found: Record<string, Record<string, PolicySpec>> = Object.fromEntries(
    Object.keys(settings.spaces).map((space) => [space, {}]),
  );
  // A suspended tenant has no traffic, and keeps its declaration.
  if (suspended) return found;
  const add = (space: string, key: string, policy: PolicySpec) => {
    found[space] = { ...found[space], [key]: policy };
  };
  for (const { from, to, ports } of settings.calls) {
    const [caller, called] = [endOf(from), endOf(to)];
    const pair = `${from}-to-${to}`.replaceAll("/", "-");
    const on = tcp(...ports);
    add(caller.space, `out-${pair}-${ports.join("-")}`, {
      podSelector: caller.pods,
      policyTypes: ["Egress"],
      egress: [{ to: [peerOf(tenant, called)], ports: on }],
    });
    add(called.space, `in-${pair}-${ports.join("-")}`, {
      podSelector: called.pods,
      policyTypes: ["Ingress"],
      ingress: [{ from: [peerOf(tenant, caller)], ports: on }],
    });
  }
  settings.egress.forEach(({ from, cidr, ports }) => {
    const caller = endOf(from);
    add(caller.space, `egress-${cidr.replaceAll(/[./]/g, "-")}-${ports.join("-")}`, {
      podSelector: caller.pods,
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: outside(cidr, inside) }], ports: tcp(...ports) }],
    });
  });
  for (const space of Object.keys(found)) {
    for (const reach of reaches) add(space, `cell-${reach.to}`, toCell(reach));
  }
  return found;
}

/**
 * A block without the addresses of the cell. Its pods have addresses too, and a policy for a block allows the pods in it; namespaces
 * of the cluster itself, such as kube-system, have no policies that deny them.
 */
function outside(cidr: string, inside: readonly string[]) {
  const except = inside.filter((block) => contains(cidr, block));
  return { cidr, ...(except.length > 0 && { except }) };
}

/** Egress to a service of the cell, from all pods of a namespace. */
function toCell({ ports, cidrs, namespaces }: Reach): PolicySpec {
  return {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [
      {
        to: [
          ...cidrs.map((cidr) => ({ ipBlock: { cidr } })),
          ...(namespaces.length === 0 ? [] : [podsOf(namespaces)]),
        ],
        ports: tcp(...ports),
      },
    ],
  };
}

interface End {
  readonly space: string;
  readonly pods: { readonly matchLabels?: Record<string, string> };
}

function endOf(name: string): End {
  const [space = "", service] = name.split("/");
  return { space, pods: service === undefined ? {} : { matchLabels: { [serviceLabel]: service } } };
}

function peerOf(tenant: string, { space, pods }: End) {
  return { ...podsOf([namespaceOf(tenant, space)]), podSelector: pods };
}
