import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "./component.ts";

type PolicySpec = kubernetes.types.input.networking.v1.NetworkPolicySpec;

export interface IsolatedNamespaceArgs extends ComponentArgs {
  /** The noun of the component that it belongs to. */
  readonly noun: string;
  /** Name of the namespace. */
  readonly namespace: string;
  /** Network policies beside DNS, by a key of your choice. */
  readonly policies: Readonly<Record<string, PolicySpec>>;
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
