import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";

export interface IsolatedNamespaceArgs extends ComponentArgs {
  /** Name of the namespace. */
  readonly namespace: string;
  /** Kinds of Strimzi's pods, `strimzi.io/kind`, that may reach the API server. @default none */
  readonly apiServerClients?: readonly string[];
}

/** Ports that API servers listen on: of the service, and of the machines behind it. */
const apiServerPorts = [443, 6443];

/** A namespace of one service's own: pods of the restricted standard only, and no traffic but within it and to DNS. */
export class IsolatedNamespace extends BlueprintComponent {
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: IsolatedNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stream", "IsolatedNamespace", name, args, { namespace: args.namespace }, opts);
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
    this.#policy("deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    this.#policy("within", {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [{ podSelector: {} }] }],
      egress: [{ to: [{ podSelector: {} }] }],
    });
    this.#policy("dns", {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
      ],
    });
    this.#apiServer(args.apiServerClients ?? []);
    this.registerOutputs({ name: this.name });
  }

  #apiServer(kinds: readonly string[]): void {
    if (kinds.length === 0) return;
    this.#policy("api-server", {
      podSelector: {
        matchExpressions: [{ key: "strimzi.io/kind", operator: "In", values: [...kinds] }],
      },
      policyTypes: ["Egress"],
      egress: [{ ports: apiServerPorts.map((port) => ({ protocol: "TCP", port })) }],
    });
  }

  #policy(key: string, spec: kubernetes.types.input.networking.v1.NetworkPolicySpec): void {
    new kubernetes.networking.v1.NetworkPolicy(
      this.named(key),
      { metadata: { name: `atoll-${key}`, namespace: this.name }, spec },
      this.child(),
    );
  }
}
