import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";

export interface TenantStoreArgs extends ComponentArgs {
  /** Name of the ClusterSecretStore. */
  readonly store: string;
  /** The namespaces that can use it, by name: labels could be given to others. */
  readonly namespaces: readonly string[];
  /** `spec.provider` of the store. */
  readonly reads: Readonly<Record<string, unknown>>;
  /** The service account that reads. @default the operator's, with a role that the store names */
  readonly reader?: { readonly name: string; readonly namespace: string };
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * A store for the namespaces of one tenant. Stores of namespaces are refused in all namespaces, so it is a ClusterSecretStore. The
 * service account is in the operator's namespace: in one of the tenant's, its pods could use it too.
 */
export class TenantStore extends BlueprintComponent {
  readonly store: { readonly kind: "ClusterSecretStore"; readonly name: pulumi.Output<string> };

  constructor(name: string, args: TenantStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    const { store, namespaces, reads, reader, cluster } = args;
    super("tenant-secrets", "TenantStore", name, args, { store, namespaces }, opts);
    const child = this.child({ provider: cluster.provider });
    const accounts =
      reader === undefined
        ? []
        : [
            new kubernetes.core.v1.ServiceAccount(
              this.named("reader"),
              { metadata: reader, automountServiceAccountToken: false },
              child,
            ),
          ];
    const made = new kubernetes.apiextensions.CustomResource(
      this.named(),
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ClusterSecretStore",
        metadata: { name: store },
        spec: { conditions: [{ namespaces: [...namespaces] }], provider: reads },
      },
      { ...child, dependsOn: accounts },
    );
    this.store = { kind: "ClusterSecretStore", name: made.metadata.name };
    this.registerOutputs({ store: this.store });
  }
}
