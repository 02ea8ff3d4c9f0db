/** Network policies of a namespace as the connections that they allow. Pure. */
import { excludeCidr, overlapCidr } from "cidr-tools";
import type { Plain } from "./model.ts";
import { list, record, text, texts } from "./plain.ts";
import { selectsAll } from "./selectors.ts";
import type { CellView, KubernetesObject } from "./view.ts";

/** A rule of a policy: to or from which namespaces, on which ports. */
export interface NetworkRule {
  /** The policy; undefined if the namespace has none for the direction. */
  readonly policy: KubernetesObject | undefined;
  /** The namespaces at the other end; `any` covers those that are not known as well. */
  readonly peers: ReadonlySet<string> | "any";
  /** Those that it selects as pods, and not as addresses. */
  readonly chosen: ReadonlySet<string> | "any";
  /** @default all ports */
  readonly ports?: readonly PortRange[];
  /** Why the peers are what they are: `its ipBlock 10.0.0.0/8 covers pods`. */
  readonly why: string;
}

export interface PortRange {
  readonly protocol: string;
  /** Undefined for a port by name, which can be any. */
  readonly first?: number;
  readonly last?: number;
}

export type Direction = "Ingress" | "Egress";

/** The policies by namespace. */
export function policiesByNamespace(view: CellView): ReadonlyMap<string, KubernetesObject[]> {
  return Map.groupBy(view.objects("NetworkPolicy"), ({ namespace }) => namespace);
}

/**
 * What pods of a namespace may connect to, or be connected from. The labels of pods are the tenant's choice, so a rule holds for a pod
 * that its policy selects, and without a policy for all pods there is a pod that no policy selects.
 */
export function rulesOf(
  view: CellView,
  namespace: string,
  policies: readonly KubernetesObject[],
  direction: Direction,
): readonly NetworkRule[] {
  const own = policies.filter(({ inputs }) => applies(record(inputs.spec), direction));
  const covered = own.some(({ inputs }) => selectsAll(record(inputs.spec).podSelector));
  const open: NetworkRule[] = covered
    ? []
    : [
        {
          policy: undefined,
          peers: "any",
          chosen: "any",
          why: `no policy of ${namespace} denies ${direction.toLowerCase()} for all pods`,
        },
      ];
  return [
    ...open,
    ...own.flatMap((policy) => {
      const spec = record(policy.inputs.spec);
      const rules = list(direction === "Ingress" ? spec.ingress : spec.egress).map(record);
      return rules.map((rule) => ruleOf(view, policy, rule, direction));
    }),
  ];
}

/** A policy without types is for ingress, and for egress if it has rules for that. */
function applies(spec: Plain, direction: Direction): boolean {
  const types = texts(spec.policyTypes);
  if (types.length > 0) return types.includes(direction);
  return direction === "Ingress" || list(spec.egress).length > 0;
}

function ruleOf(
  view: CellView,
  policy: KubernetesObject,
  rule: Plain,
  direction: Direction,
): NetworkRule {
  const given = list(direction === "Ingress" ? rule.from : rule.to).map(record);
  const found = given.map((peer) => peersOf(view, policy.namespace, peer));
  // Egress without peers is for addresses outside; ingress without peers accepts every pod.
  const chosen =
    given.length === 0
      ? direction === "Ingress"
        ? "any"
        : new Set<string>()
      : together(found.filter(({ isBlock }) => !isBlock));
  const ports = list(rule.ports).map(record).map(portOf);
  const all = `policy ${policy.namespace}/${policy.name}`;
  const why = found.find(({ names }) => names === "any")?.why;
  return {
    policy,
    peers: given.length === 0 ? "any" : together(found),
    chosen,
    ...(ports.length === 0 ? {} : { ports }),
    why: given.length === 0 ? `${all} names no peers` : `${all} allows it${why ?? ""}`,
  };
}

interface Peers {
  readonly names: ReadonlySet<string> | "any";
  readonly isBlock: boolean;
  readonly why?: string;
}

function together(peers: readonly Peers[]): ReadonlySet<string> | "any" {
  if (peers.some(({ names }) => names === "any")) return "any";
  return new Set(peers.flatMap(({ names }) => [...names]));
}

function peersOf(view: CellView, own: string, peer: Plain): Peers {
  if (peer.ipBlock !== undefined) {
    const { cidr, except } = record(peer.ipBlock);
    const isBlock = true;
    return coversPods(view, text(cidr) ?? "0.0.0.0/0", texts(except))
      ? { isBlock, names: "any", why: `: its block ${String(cidr)} covers the addresses of pods` }
      : { isBlock, names: new Set() };
  }
  const isBlock = false;
  if (peer.namespaceSelector === undefined) return { isBlock, names: new Set([own]) };
  if (selectsAll(peer.namespaceSelector))
    return { isBlock, names: "any", why: ": it selects all namespaces" };
  const names = new Set(view.selected(peer.namespaceSelector).map(({ name }) => name));
  return { isBlock, names };
}

function coversPods({ cell }: CellView, cidr: string, except: readonly string[]): boolean {
  const shared = cell.addresses.filter((range) => overlapCidr(range, cidr));
  if (shared.length === 0) return false;
  const left = excludeCidr(
    shared.map((range) => smaller(range, cidr)),
    [...except],
  );
  return left.length > 0;
}

/** Blocks that overlap contain each other. */
function smaller(one: string, other: string): string {
  const bits = (cidr: string) => Number(cidr.split("/")[1] ?? 32);
  return bits(one) >= bits(other) ? one : other;
}

function portOf({ protocol, port, endPort }: Plain): PortRange {
  const kind = text(protocol) ?? "TCP";
  if (port === undefined) return { protocol: kind, first: 1, last: 65_535 };
  const first = Number(port);
  if (Number.isNaN(first)) return { protocol: kind };
  return { protocol: kind, first, last: endPort === undefined ? first : Number(endPort) };
}

/** The ports that both rules allow: `TCP 5432`. Undefined if there are none. */
export function commonPorts(one: NetworkRule, other: NetworkRule): PortRange[] | undefined {
  if (one.ports === undefined && other.ports === undefined) return [];
  const [ports = [], others] = one.ports === undefined ? [other.ports] : [one.ports, other.ports];
  const found = ports.flatMap((range) =>
    others === undefined ? [range] : others.flatMap((each) => common(range, each) ?? []),
  );
  return found.length === 0 ? undefined : found;
}

function common(one: PortRange, other: PortRange): PortRange | undefined {
  if (one.protocol !== other.protocol) return undefined;
  if (one.first === undefined) return other;
  if (other.first === undefined) return one;
  const first = Math.max(one.first, other.first);
  const last = Math.min(one.last ?? one.first, other.last ?? other.first);
  return first <= last ? { protocol: one.protocol, first, last } : undefined;
}

export function portsText(ports: readonly PortRange[]): string {
  if (ports.length === 0) return "every port";
  return ports
    .map(({ protocol, first, last }) =>
      first === undefined
        ? `${protocol} ports by name`
        : `${protocol} ${first === last ? first : `${first}-${last}`}`,
    )
    .join(", ");
}
