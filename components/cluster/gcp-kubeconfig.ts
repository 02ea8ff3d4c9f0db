import * as pulumi from "@pulumi/pulumi";
import { type Impersonation, impersonationChain } from "../provider/credentials.ts";

/** The endpoint of a cluster's control plane. */
export interface ControlPlane {
  /** Host, without scheme. */
  readonly host: pulumi.Input<string>;
  /** Base64; omitted for certificates of public authorities, as the DNS endpoint has. */
  readonly certificateAuthority?: pulumi.Input<string>;
}

/**
 * A kubeconfig without credentials: it gets a short-lived token from `gke-gcloud-auth-plugin`, which uses the identity of
 * gcloud, for example a user or, with workload identity federation, a pipeline.
 *
 * @param impersonation the service account to impersonate. Set by the plugin's own flag, because its token cache distinguishes
 * identities by flags and ignores gcloud's environment variables.
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
