/**
 * A simulated site in place of a real on-premises cluster. The kubeconfig is a secret that a rehearsal must not decrypt, so one is
 * created from the manifest.
 */
import { stringify } from "yaml";

/** The fields of the manifest that name the secret and describe the cluster. */
interface OnpremManifest {
  readonly environment?: unknown;
  readonly cidr?: unknown;
  readonly cluster?: {
    readonly version?: unknown;
    readonly kubeconfig?: { readonly configKey?: unknown };
  };
  readonly nodePools?: Readonly<Record<string, { readonly nodes?: unknown }>>;
}

/** The config key, with its prefix, that holds the kubeconfig; `undefined` when the manifest names none. */
export function kubeconfigKey(manifest: unknown): string | undefined {
  const key = (manifest as OnpremManifest | undefined)?.cluster?.kubeconfig?.configKey;
  return typeof key === "string" ? `atoll:${key}` : undefined;
}

const zones = ["site-a", "site-b", "site-c"] as const;

/** A kubeconfig without a real server, whose extensions describe the site to the embedded cloud. */
export function siteKubeconfig(manifest: unknown): string {
  const { cluster, nodePools = {}, environment, cidr } = manifest as OnpremManifest;
  const names = Object.values(nodePools).flatMap(({ nodes }) =>
    Array.isArray(nodes) ? nodes : [],
  );
  const nodes = names.map((name, index) => ({
    name: String(name),
    cpu: "16",
    memory: "64Gi",
    labels: { "topology.kubernetes.io/zone": zones[index % zones.length] },
  }));
  // Cells of an environment differ in their blocks. Without a UID all of their sites were one cluster, by its address.
  const uid = cidr === undefined ? undefined : `${String(environment)}/${String(cidr)}`;
  const site = { uid, version: `v${String(cluster?.version ?? "1.0")}.0`, nodes };
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "site",
        cluster: {
          server: "https://kubernetes.site.example:6443",
          extensions: [{ name: "atoll.dev/rehearsal", extension: site }],
        },
      },
    ],
    users: [{ name: "atoll", user: {} }],
    contexts: [{ name: "site", context: { cluster: "site", user: "atoll" } }],
    "current-context": "site",
  });
}
