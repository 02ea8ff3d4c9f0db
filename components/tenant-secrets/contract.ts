import type * as pulumi from "@pulumi/pulumi";

/** The secrets of a tenant, as its services use them. */
export interface TenantSecrets {
  /** For `remoteRef.key` of an ExternalSecret, by key in the manifest. */
  readonly secretNames: Readonly<Record<string, pulumi.Output<string>>>;
  /** For `secretStoreRef` of an ExternalSecret. */
  readonly store: { readonly kind: "ClusterSecretStore"; readonly name: pulumi.Output<string> };
}
