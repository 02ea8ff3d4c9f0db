import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "./component.ts";

export type PolicySpec = kubernetes.types.input.networking.v1.NetworkPolicySpec;

export interface IsolatedNamespaceArgs extends ComponentArgs {
  /** The noun of the component that it belongs to. */
  readonly noun: string;
  /** Name of the namespace. */
  readonly namespace: string;
  /** Network policies beside DNS, by a key of your choice. */
  readonly policies: Readonly<Record<string, PolicySpec>>;
  /** Labels of the namespace besides those of pod security. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A namespace with the restricted pod security standard that denies all traffic except what a policy allows. */
export class IsolatedNamespace extends BlueprintComponent {
  /** Known after its network policies are created. */
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: IsolatedNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super(args.noun, "IsolatedNamespace", name, args, { namespace: args.namespace }, opts);
    const namespace = new kubernetes.core.v1.Namespace(
      this.named(),
      {
        metadata: {
          name: args.namespace,
          labels: {
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/warn": "restricted",
            ...args.labels,
          },
        },
      },
      this.stateful(),
    );
    this.name = namespace.metadata.name;
    const all = { deny: denyAll, dns: allowDns, ...args.policies };
    for (const [key, spec] of Object.entries(all)) {
      new kubernetes.networking.v1.NetworkPolicy(
        this.named(key),
        { metadata: { name: key, namespace: this.name }, spec },
        this.child(),
      );
    }
    this.registerOutputs({ name: this.name });
  }
}

/** All pods of these namespaces, as a policy peer. */
export function podsOf(
  namespaces: readonly string[],
): kubernetes.types.input.networking.v1.NetworkPolicyPeer {
  return {
    namespaceSelector: {
      matchExpressions: [
        { key: "kubernetes.io/metadata.name", operator: "In", values: [...namespaces] },
      ],
    },
  };
}

type EgressRule = kubernetes.types.input.networking.v1.NetworkPolicyEgressRule;

/** TCP ports, as a policy names them. */
export function tcp(...ports: readonly number[]): { protocol: "TCP"; port: number }[] {
  return ports.map((port) => ({ protocol: "TCP", port }));
}

/** Ports of the API server: of its service, and of the endpoints behind it, which most network plugins compare. */
type ApiServerPorts = pulumi.Input<readonly number[]>;

/** The ports of nearly all clusters, where they are not read from the cluster. */
export const usualApiServerPorts: readonly number[] = [443, 6443];

/** A cluster that policies are for. */
export interface PolicyCluster {
  /** @default 443 and 6443 */
  readonly apiServerPorts?: ApiServerPorts;
}

/** Allows pods to reach the API server. Its addresses are not known here. */
export function toApiServer(
  podSelector: PolicySpec["podSelector"],
  { apiServerPorts = usualApiServerPorts }: PolicyCluster,
): PolicySpec & { readonly egress: pulumi.Input<EgressRule>[] } {
  return {
    podSelector,
    policyTypes: ["Egress"],
    egress: [{ ports: pulumi.output(apiServerPorts).apply((known) => tcp(...known)) }],
  };
}

/** Allows traffic between the pods of a namespace. */
export const withinNamespace: PolicySpec = {
  podSelector: {},
  policyTypes: ["Ingress", "Egress"],
  ingress: [{ from: [{ podSelector: {} }] }],
  egress: [{ to: [{ podSelector: {} }] }],
};

const denyAll: PolicySpec = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

const port53 = [
  { protocol: "UDP", port: 53 },
  { protocol: "TCP", port: 53 },
];

/**
 * Allows the cluster's DNS and NodeLocal DNSCache. With GKE's Dataplane V2 the cache is a pod; elsewhere it is a process on the
 * node at a fixed address. Source: Kubernetes, "Using NodeLocal DNSCache".
 */
const allowDns: PolicySpec = {
  podSelector: {},
  policyTypes: ["Egress"],
  egress: [
    {
      to: [
        {
          ...podsOf(["kube-system"]),
          podSelector: {
            matchExpressions: [
              { key: "k8s-app", operator: "In", values: ["kube-dns", "node-local-dns"] },
            ],
          },
        },
        { ipBlock: { cidr: "169.254.20.10/32" } },
      ],
      ports: port53,
    },
  ],
};
