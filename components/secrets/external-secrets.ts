import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import {
  IsolatedNamespace,
  type PolicyCluster,
  type PolicySpec,
  tcp,
  toApiServer,
} from "../core/isolated-namespace.ts";
import { operatorPlacement } from "../node-pool/operator-placement.ts";
import {
  type ExternalSecretsPart,
  labelsOf,
  releaseName,
  webhookPort,
} from "./external-secrets-operated.ts";
import type { ExternalSecretsSettings } from "./schema.ts";
import { clusterRole, noOtherStores, storesPolicy } from "./store-rights.ts";

/** Chart and operator have the same version. Source: its releases, 2026-08. */
export const externalSecretsVersion = "2.6.0";

/** The operator's service account. */
export const operatorAccount = "external-secrets";

/** The label of namespaces that can read through a store. */
export const storeLabel = "atoll.dev/secrets";

export interface ExternalSecretsArgs extends ComponentArgs {
  readonly settings: ExternalSecretsSettings;
  readonly cluster: PolicyCluster & { readonly provider: kubernetes.Provider };
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
        policies: { outside: outside(args.ports, cluster), webhook },
      },
      { parent: this, providers: [provider] },
    );
    this.#rights(provider);
    return new kubernetes.helm.v3.Release(
      this.named("operator"),
      {
        name: releaseName,
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
          ...restrictions,
          ...pods("controller", "128Mi"),
          webhook: pods("webhook", "64Mi"),
          certController: pods("certificate controller", "128Mi"),
        },
      },
      this.child({ provider, dependsOn: [namespace, ...after] }),
    );
  }

  /** Namespaces use the store, and create none. */
  #rights(provider: kubernetes.Provider): void {
    const opts = this.child({ provider });
    for (const role of ["view", "edit"] as const)
      new kubernetes.rbac.v1.ClusterRole(this.named(role), clusterRole(role), opts);
    const policy = new kubernetes.admissionregistration.v1.ValidatingAdmissionPolicy(
      this.named("stores"),
      { metadata: { name: storesPolicy }, spec: noOtherStores },
      opts,
    );
    new kubernetes.admissionregistration.v1.ValidatingAdmissionPolicyBinding(
      this.named("stores"),
      {
        metadata: { name: storesPolicy },
        spec: { policyName: policy.metadata.name, validationActions: ["Deny"] },
      },
      opts,
    );
  }
}

/** Everything but our store and ExternalSecrets is off; see store-rights.ts. */
const restrictions = {
  processSecretStore: false,
  processClusterGenerator: false,
  processClusterExternalSecret: false,
  processPushSecret: false,
  processClusterPushSecret: false,
  rbac: { aggregateToEdit: false, aggregateToView: false },
};

/** Two pods of a part in different zones, of which one may be down. */
function pods(part: ExternalSecretsPart, memory: string) {
  return {
    replicaCount: 2,
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    ...operatorPlacement(labelsOf(part), { cpu: "50m", memory }),
  };
}

function readers({ namespaces, store }: ExternalSecretsSettings) {
  return namespaces.length > 0
    ? { namespaces }
    : { namespaceSelector: { matchLabels: { [storeLabel]: store } } };
}

/** Limits ports only: the addresses of the cluster's API and the secret service are not known here. */
function outside(ports: readonly number[], cluster: PolicyCluster): PolicySpec {
  const apiServer = toApiServer({}, cluster);
  return { ...apiServer, egress: [...apiServer.egress, { ports: tcp(...ports) }] };
}

/** Ingress from the cluster's API to the validating webhook. */
const webhook: PolicySpec = {
  podSelector: { matchLabels: labelsOf("webhook") },
  policyTypes: ["Ingress"],
  ingress: [{ ports: tcp(webhookPort) }],
};
