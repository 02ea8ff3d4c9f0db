import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";

/** One key of a delivered secret, and where its value comes from. */
export interface DeliveredKey {
  /** Secret in the namespace of origin. */
  readonly secret: pulumi.Input<string>;
  /** Its key. */
  readonly key: string;
}

export interface SecretDeliveryArgs extends ComponentArgs {
  /** The noun of the component that it belongs to. */
  readonly noun: string;
  /** Name of its service account, role and store. Unique in the cluster. */
  readonly reader: string;
  /** The namespace of origin. */
  readonly from: pulumi.Input<string>;
  /** The namespaces that get the secrets. No others can use the store. */
  readonly to: readonly string[];
  /** Keys by the name of the delivered secret. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, DeliveredKey>>>>;
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * Secrets that an operator creates in one namespace, kept in step in others by External Secrets. The store reads with a service account
 * of its own, which may read these secrets by name and nothing else, and only the named namespaces can use it. The values are never
 * in the state of a stack.
 */
export class SecretDelivery extends BlueprintComponent {
  /** The name of each delivered secret. */
  readonly secretNames: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: SecretDeliveryArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super(args.noun, "SecretDelivery", name, args, { to: args.to }, opts);
    const provider = { provider: args.cluster.provider };
    const account = this.#reader(args, provider);
    const store = new kubernetes.apiextensions.CustomResource(
      this.named("store"),
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ClusterSecretStore",
        metadata: { name: args.reader },
        spec: {
          conditions: [{ namespaces: [...args.to] }],
          provider: {
            kubernetes: {
              remoteNamespace: args.from,
              server: {
                // In every namespace, from Kubernetes itself.
                caProvider: {
                  type: "ConfigMap",
                  name: "kube-root-ca.crt",
                  namespace: args.from,
                  key: "ca.crt",
                },
              },
              auth: {
                serviceAccount: { name: account.metadata.name, namespace: args.from },
              },
            },
          },
        },
      },
      this.child(provider),
    );
    this.secretNames = Object.fromEntries(
      Object.entries(args.secrets).map(([secret, keys]) => [
        secret,
        this.#deliver(args, secret, keys, store.metadata.name, provider),
      ]),
    );
    this.registerOutputs({ secretNames: this.secretNames });
  }

  #reader(
    { reader: name, from: namespace, secrets }: SecretDeliveryArgs,
    provider: pulumi.CustomResourceOptions,
  ): kubernetes.core.v1.ServiceAccount {
    const metadata = { name, namespace };
    const origins = Object.values(secrets).flatMap((keys) =>
      Object.values(keys).map(({ secret }) => secret),
    );
    const account = new kubernetes.core.v1.ServiceAccount(
      this.named("reader"),
      { metadata, automountServiceAccountToken: false },
      this.child(provider),
    );
    const role = new kubernetes.rbac.v1.Role(
      this.named("reader"),
      {
        metadata,
        rules: [
          {
            apiGroups: [""],
            resources: ["secrets"],
            resourceNames: pulumi.all(origins).apply((names) => [...new Set(names)].sort()),
            verbs: ["get"],
          },
        ],
      },
      this.child(provider),
    );
    new kubernetes.rbac.v1.RoleBinding(
      this.named("reader"),
      {
        metadata,
        roleRef: {
          apiGroup: "rbac.authorization.k8s.io",
          kind: "Role",
          name: role.metadata.name,
        },
        subjects: [{ kind: "ServiceAccount", name: account.metadata.name, namespace }],
      },
      this.child(provider),
    );
    return account;
  }

  /** @returns the name of the secret, known when all namespaces ask for it */
  #deliver(
    { to }: SecretDeliveryArgs,
    secret: string,
    keys: Readonly<Record<string, DeliveredKey>>,
    store: pulumi.Output<string>,
    provider: pulumi.CustomResourceOptions,
  ): pulumi.Output<string> {
    const asked = to.map(
      (namespace) =>
        new kubernetes.apiextensions.CustomResource(
          this.named(`${secret}-${namespace}`),
          {
            apiVersion: "external-secrets.io/v1",
            kind: "ExternalSecret",
            metadata: { name: secret, namespace },
            spec: {
              refreshInterval: "1h0m0s",
              secretStoreRef: { kind: "ClusterSecretStore", name: store },
              target: { name: secret, creationPolicy: "Owner" },
              data: Object.entries(keys).map(([secretKey, { secret: from, key: property }]) => ({
                secretKey,
                remoteRef: { key: from, property },
              })),
            },
          },
          this.child(provider),
        ),
    );
    return asked.reduce(
      (known, { metadata }) => known.apply(() => metadata.name),
      store.apply(() => secret),
    );
  }
}
