import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** The common interface of the secrets on every cloud. */
export interface SecretsContract {
  readonly cloud: Cloud;
  /** Physical names, for `remoteRef.key` of an ExternalSecret, by key in the manifest. */
  readonly secretNames: Readonly<Record<string, pulumi.Output<string>>>;
  /** For `secretStoreRef` of an ExternalSecret. Undefined without a cluster. */
  readonly store:
    | { readonly kind: "ClusterSecretStore"; readonly name: pulumi.Output<string> }
    | undefined;
}
