/** A kubeconfig of an on-premises site that the embedded cloud simulates: three nodes in three zones. */
export function siteKubeconfig(): string {
  const nodes = ["a", "b", "c"].map((zone) => ({
    name: `node-${zone}`,
    cpu: "16",
    memory: "64Gi",
    labels: { "topology.kubernetes.io/zone": `site-${zone}` },
  }));
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "site",
        cluster: {
          server: "https://kubernetes.site.example:6443",
          extensions: [{ name: "atoll.dev/rehearsal", extension: { version: "v1.35.2", nodes } }],
        },
      },
    ],
    users: [{ name: "atoll", user: {} }],
    contexts: [{ name: "site", context: { cluster: "site", user: "atoll" } }],
    "current-context": "site",
  });
}
