/** Whether network policies allow a connection, as the Kubernetes documentation defines them. */
import type { Labels } from "../../components/core/operated.ts";
import type { Registered } from "./inventory.ts";

/** A pod, or something outside the cluster, which has no labels. */
export interface End {
  readonly namespace?: string;
  readonly labels?: Labels;
}

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: object;
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port: number }[];
}

export interface Policy {
  readonly namespace: string;
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}

/** The policies among registered resources. */
export function policiesOf(resources: readonly Registered[]): Policy[] {
  return resources
    .filter(({ type }) => type.endsWith(":NetworkPolicy"))
    .map(({ inputs }) => ({
      namespace: String((inputs.metadata as { namespace: string }).namespace),
      spec: inputs.spec as Policy["spec"],
    }));
}

export function selects(selector: Selector, labels: Labels): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === "Exists") return value !== undefined;
      if (operator === "DoesNotExist") return value === undefined;
      if (operator === "In") return value !== undefined && values.includes(value);
      if (operator === "NotIn") return value === undefined || !values.includes(value);
      throw new Error(`no operator of selectors: ${operator}`);
    })
  );
}

/** Whether both ends allow the connection. An end without policies for a direction allows everything. */
export function allows(policies: readonly Policy[], from: End, to: End, port: number): boolean {
  return (
    direction(policies, "Egress", from, to, port) && direction(policies, "Ingress", to, from, port)
  );
}

function direction(
  policies: readonly Policy[],
  type: "Ingress" | "Egress",
  own: End,
  other: End,
  port: number,
): boolean {
  const { namespace, labels } = own;
  if (namespace === undefined || labels === undefined) return true;
  const mine = policies.filter(
    (policy) =>
      policy.namespace === namespace &&
      policy.spec.policyTypes.includes(type) &&
      selects(policy.spec.podSelector, labels),
  );
  if (mine.length === 0) return true;
  return mine.some(({ spec }) =>
    (type === "Ingress" ? (spec.ingress ?? []) : (spec.egress ?? [])).some((rule) => {
      const peers = type === "Ingress" ? rule.from : rule.to;
      const open = peers === undefined || peers.length === 0;
      return (
        (rule.ports === undefined || rule.ports.some((each) => each.port === port)) &&
        (open || peers.some((peer) => isPeer(peer, namespace, other)))
      );
    }),
  );
}

/** Addresses outside are not compared: a block admits any end without labels. */
function isPeer({ ipBlock, podSelector, namespaceSelector }: Peer, own: string, other: End) {
  if (ipBlock !== undefined) return other.labels === undefined;
  if (other.labels === undefined || other.namespace === undefined) return false;
  const inNamespace =
    namespaceSelector === undefined
      ? other.namespace === own
      : selects(namespaceSelector, { "kubernetes.io/metadata.name": other.namespace });
  return inNamespace && selects(podSelector ?? {}, other.labels);
}

/** Every label selector in an object, with its path. */
export function selectorsIn(value: unknown, path = ""): { path: string; selector: Selector }[] {
  if (Array.isArray(value))
    return value.flatMap((each, index) => selectorsIn(each, `${path}[${index}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const at = path === "" ? key : `${path}.${key}`;
    const isSelector = key === "labelSelector" || key === "podSelector" || at === "spec.selector";
    if (!isSelector) return selectorsIn(each, at);
    const labels = each as Selector & Labels;
    const whole = "matchLabels" in labels || "matchExpressions" in labels;
    const selector = whole || Object.keys(labels).length === 0 ? labels : { matchLabels: labels };
    return [{ path: at, selector }];
  });
}
