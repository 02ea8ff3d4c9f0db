import * as pulumi from "@pulumi/pulumi";
import { type Impersonation, impersonationChain } from "../provider/credentials.ts";

/** How a cluster's control plane is reached. */
export interface ControlPlane {
  /** Host, without scheme. */
  readonly host: pulumi.Input<string>;
  /** Base64; left out where the system's authorities sign, as they do for the DNS endpoint. */
  readonly certificateAuthority?: pulumi.Input<string>;
}

/**
 * A kubeconfig that asks `gke-gcloud-auth-plugin` for a short-lived token, so that it holds no credential. The plugin takes
 * the identity that gcloud has: a person's, or a pipeline's by workload identity federation.
 *
 * @param impersonation whom it takes the token of. The plugin's own flag, because its cache of tokens tells identities apart by
 * flags and knows nothing of gcloud's environment variables.
 */
export function gcpKubeconfig(
  clusterName: pulumi.Input<string>,
  controlPlane: ControlPlane,
  impersonation?: Impersonation,
): pulumi.Output<string> {
  const text = pulumi
    .all([clusterName, controlPlane.host, controlPlane.certificateAuthority ?? ""])
    .apply(([name, host, authority]) =>
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [
          {
            name,
            cluster: {
              server: `https://${host}`,
              ...(authority ? { "certificate-authority-data": authority } : {}),
            },
          },
        ],
        users: [
          {
            name,
            user: {
              exec: {
                apiVersion: "client.authentication.k8s.io/v1beta1",
                command: "gke-gcloud-auth-plugin",
                ...(impersonation && {
                  args: [`--impersonate_service_account=${impersonationChain(impersonation)}`],
                }),
                installHint: "gcloud components install gke-gcloud-auth-plugin",
                interactiveMode: "Never",
                provideClusterInfo: true,
              },
            },
          },
        ],
        contexts: [{ name, context: { cluster: name, user: name } }],
        "current-context": name,
      }),
    );
  return pulumi.secret(text);
}
