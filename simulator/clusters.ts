/** Clusters that a cloud has made, as kubeconfigs name them: by the address of their control plane. */
import { valueAt } from "./outputs/making.ts";
import type { Resource, Store } from "./store.ts";
import type { Bag } from "./wire.ts";

export const clusterTypes: ReadonlySet<string> = new Set([
  "aws:eks/cluster:Cluster",
  "gcp:container/cluster:Cluster",
]);

/** The addresses under which a cluster's control plane answers. */
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

/** The place of what stands in a cluster, whichever of its addresses was used. */
export function insideOf(cluster: Pick<Resource, "type" | "place" | "id">): string {
  return `kubernetes/${cluster.place}/${cluster.id}`;
}

/** `1.35` of a full version such as `v1.35.2` or `1.35.2-gke.1085000`. */
export function minorOf(version: unknown): string {
  return /(\d+\.\d+)/.exec(String(version))?.[1] ?? "";
}

/** How many minor versions one is ahead of the other. */
export function minorsBetween(ahead: unknown, behind: unknown): number {
  return Number(minorOf(ahead).split(".")[1]) - Number(minorOf(behind).split(".")[1]);
}
