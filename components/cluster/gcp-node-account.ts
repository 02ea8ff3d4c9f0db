import { physicalName } from "../core/naming.ts";

/** The id of the service account of a cluster's nodes, by the cluster's physical name. */
export function nodeAccountId(cluster: string): string {
  return physicalName("gcp-service-account", [cluster, "nodes"]);
}
