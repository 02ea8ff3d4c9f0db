import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** What the secrets of every cloud have. */
export interface SecretsContract {
  readonly cloud: Cloud;
  /** Physical names, as an ExternalSecret gives them for `remoteRef.key`, by the key that the manifest gives each. */
  readonly secretNames: Readonly<Record<string, pulumi.Output<string>>>;
  /** What an ExternalSecret gives as its `secretStoreRef`; undefined without a cluster. */
  readonly store:
    | { readonly kind: "ClusterSecretStore"; readonly name: pulumi.Output<string> }
    | undefined;
}
