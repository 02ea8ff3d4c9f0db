/** Pure: what volumes of pods are made of on GKE. */
import type { NodePoolPlan } from "./gcp-plan.ts";

/** The storage class that claims get when they name none. GKE's own is older, so that Kubernetes prefers this one. */
export const storageClassName = "balanced";

/** From this version on GKE picks the disk type that a node can take: 1.35.0-gke.2232000. */
const firstDynamic = 35;

/**
 * Parameters of the storage class: balanced disks under the customer's key. Newer machine series take Hyperdisk only and older
 * ones Persistent Disk only, so GKE chooses by node; before 1.35 it cannot, and the disks are what the node pools on demand
 * take, where volumes belong.
 */
export function volumeParameters(
  version: string,
  plans: readonly NodePoolPlan[],
): Record<string, string> {
  if (Number(version.split(".")[1]) >= firstDynamic) {
    return {
      type: "dynamic",
      "pd-type": "pd-balanced",
      "hyperdisk-type": "hyperdisk-balanced",
      "use-allowed-disk-topology": "true",
    };
  }
  return { type: plans.find(({ spot }) => !spot)?.machine.disk ?? "pd-balanced" };
}
