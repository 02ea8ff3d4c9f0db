import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { IsolatedNamespace } from "../core/isolated-namespace.ts";
import type { ExternalSecretsSettings } from "./schema.ts";

/** Chart and operator have the same version. Source: its releases, 2026-08. */
export const externalSecretsVersion = "2.6.0";

/** The service account that the operator reads with. */
export const operatorAccount = "external-secrets";

/** What namespaces are labelled with that may read through a store. */
export const storeLabel = "atoll.dev/secrets";

export interface ExternalSecretsArgs extends ComponentArgs {
  readonly settings: ExternalSecretsSettings;
  readonly cluster: { readonly provider: kubernetes.Provider };
  /** `spec.provider` of the store: where secrets are read from, and as whom. */
  readonly reads: Readonly<Record<string, unknown>>;
  /** Ports that the operator talks to outside, beside those of the cluster's API. */
  readonly ports: readonly number[];
  /** What has to stand before the operator starts: what lets it read. @default nothing */
  readonly after?: readonly pulumi.Resource[];
}

/** External Secrets in a cluster, and the store that namespaces read their secrets through. */
export class ExternalSecrets extends BlueprintComponent {
  /** What an ExternalSecret gives as its `secretStoreRef`. */
  readonly store: { readonly kind: "ClusterSecretStore"; readonly name: pulumi.Output<string> };

  constructor(name: string, args: ExternalSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { settings, cluster, reads } = args;
    super("secrets", "ExternalSecrets", name, args, { settings }, opts);
    const { provider } = cluster;
    const operator = settings.operator === "install" ? [this.#operator(args)] : [];
    const store = new kubernetes.apiextensions.CustomResource(
      this.named("store"),
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ClusterSecretStore",
        metadata: { name: settings.store },
        spec: { conditions: [readers(settings)], provider: reads },
      },
      this.child({ provider, dependsOn: operator }),
    );
    this.store = { kind: "ClusterSecretStore", name: store.metadata.name };
    this.registerOutputs({ store: this.store });
  }

  #operator(args: ExternalSecretsArgs): kubernetes.helm.v3.Release {
    const { ownership, settings, cluster, after = [] } = args;
    const { provider } = cluster;
    const namespace = new IsolatedNamespace(
      this.named("namespace"),
      {
        ownership,
        retain: this.retain,
        noun: "secrets",
        namespace: settings.namespace,
        policies: { outside: outside(args.ports), webhook },
      },
      { parent: this, providers: [provider] },
    );
    const pods = {
      replicaCount: 2,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
    };
    return new kubernetes.helm.v3.Release(
      this.named("operator"),
      {
        name: "external-secrets",
        namespace: namespace.name,
        chart: "external-secrets",
        version: externalSecretsVersion,
        repositoryOpts: { repo: "https://charts.external-secrets.io" },
        atomic: true,
        timeout: 600,
        values: {
          installCRDs: true,
          leaderElect: true,
          serviceAccount: { create: true, name: operatorAccount },
          // Secrets only go from the store into the cluster, and only into the namespace that asks.
          processClusterExternalSecret: false,
          processPushSecret: false,
          processClusterPushSecret: false,
          ...pods,
          webhook: pods,
          certController: pods,
        },
      },
      this.child({ provider, dependsOn: [namespace, ...after] }),
    );
  }
}

function readers({ namespaces, store }: ExternalSecretsSettings) {
  return namespaces.length > 0
    ? { namespaces }
    : { namespaceSelector: { matchLabels: { [storeLabel]: store } } };
}

type PolicySpec = kubernetes.types.input.networking.v1.NetworkPolicySpec;

/** The cluster's API and what secrets are read from have addresses that nobody knows here: the network decides on those. */
function outside(ports: readonly number[]): PolicySpec {
  const all = [...new Set([443, 6443, ...ports])];
  return {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [{ ports: all.map((port) => ({ protocol: "TCP", port })) }],
  };
}

/** The cluster's API asks whether stores and secrets are well formed. */
const webhook: PolicySpec = {
  podSelector: { matchLabels: { "app.kubernetes.io/name": "external-secrets-webhook" } },
  policyTypes: ["Ingress"],
  ingress: [{ ports: [{ protocol: "TCP", port: 10250 }] }],
};
