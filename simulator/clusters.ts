/** Clusters of a cloud, found by the control plane address in kubeconfigs. */
import { valueAt } from "./outputs/making.ts";
import type { Resource, Store } from "./store.ts";
import type { Bag } from "./wire.ts";

export const clusterTypes: ReadonlySet<string> = new Set([
  "aws:eks/cluster:Cluster",
  "gcp:container/cluster:Cluster",
]);

/** The addresses of a cluster's control plane. */
export function serversOf(type: string, state: Bag): string[] {
  if (!clusterTypes.has(type)) return [];
  const dns = valueAt(state, ["controlPlaneEndpointsConfig", "dnsEndpointConfig", "endpoint"]);
  const privateAddress = valueAt(state, ["privateClusterConfig", "privateEndpoint"]);
  return [state.endpoint, dns, privateAddress]
    .filter((address) => typeof address === "string" && address !== "")
    .map((address) =>
      String(address).startsWith("https://") ? String(address) : `https://${address}`,
    );
}

export function clusterAt(server: string, store: Store): Resource | undefined {
  return store.byHandle(["", ""], [serverHandle(server)]);
}

export function serverHandle(server: string): string {
  return `server=${server.replace(/\/$/, "").replace(/:443$/, "")}`;
}

/** The place of resources in a cluster, for all of its addresses. */
export function insideOf(cluster: Pick<Resource, "type" | "place" | "id">): string {
  return `kubernetes/${cluster.place}/${cluster.id}`;
}

/** `1.35` of a full version such as `v1.35.2` or `1.35.2-gke.1085000`. */
export function minorOf(version: unknown): string {
  return /(\d+\.\d+)/.exec(String(version))?.[1] ?? "";
}

/** How many minor versions one is newer than the other. */
export function minorsBetween(ahead: unknown, behind: unknown): number {
  return Number(minorOf(ahead).split(".")[1]) - Number(minorOf(behind).split(".")[1]);
}
