/** What a client needs to reach an EKS cluster. */
export interface EksEndpoint {
  readonly name: string;
  readonly region: string;
  /** URL of the API server. */
  readonly endpoint: string;
  /** Base64 of the PEM certificate. */
  readonly certificateAuthority: string;
}

/**
 * A kubeconfig, as JSON, that holds no credential: the AWS CLI turns whatever identity runs it into a token of 15 minutes. So
 * that identity needs an access entry on the cluster, and `aws` has to be on its PATH.
 */
export function eksKubeconfig({
  name,
  region,
  endpoint,
  certificateAuthority,
}: EksEndpoint): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [
      { name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "aws",
            args: [
              "eks",
              "get-token",
              "--cluster-name",
              name,
              "--region",
              region,
              "--output",
              "json",
            ],
            env: [{ name: "AWS_STS_REGIONAL_ENDPOINTS", value: "regional" }],
            interactiveMode: "Never",
          },
        },
      },
    ],
  });
}
