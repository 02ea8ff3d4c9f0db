import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { IsolatedNamespace } from "../core/isolated-namespace.ts";
import type { ExternalSecretsSettings } from "./schema.ts";

/** Chart and operator have the same version. Source: its releases, 2026-08. */
export const externalSecretsVersion = "2.6.0";

/** The operator's service account. */
export const operatorAccount = "external-secrets";

/** The label of namespaces that can read through a store. */
export const storeLabel = "atoll.dev/secrets";

export interface ExternalSecretsArgs extends ComponentArgs {
  readonly settings: ExternalSecretsSettings;
  readonly cluster: { readonly provider: kubernetes.Provider };
  /** `spec.provider` of the store: the secret service and the identity. */
  readonly reads: Readonly<Record<string, unknown>>;
  /** Egress ports of the operator, in addition to those of the cluster's API. */
  readonly ports: readonly number[];
  /** Resources that must exist before the operator starts, such as its permissions. @default none */
  readonly after?: readonly pulumi.Resource[];
}

/** External Secrets in a cluster, and the store through which namespaces read their secrets. */
export class ExternalSecrets extends BlueprintComponent {
  /** For `secretStoreRef` of an ExternalSecret. */
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
          // Disables features that write secrets to the store or to several namespaces.
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

/** Limits ports only: the addresses of the cluster's API and the secret service are not known here. */
function outside(ports: readonly number[]): PolicySpec {
  const all = [...new Set([443, 6443, ...ports])];
  return {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [{ ports: all.map((port) => ({ protocol: "TCP", port })) }],
  };
}

/** Ingress from the cluster's API to the validating webhook. */
const webhook: PolicySpec = {
  podSelector: { matchLabels: { "app.kubernetes.io/name": "external-secrets-webhook" } },
  policyTypes: ["Ingress"],
  ingress: [{ ports: [{ protocol: "TCP", port: 10250 }] }],
};
