/** The storage class of volumes on GKE. Pure. */
import type { NodePoolPlan } from "./gcp-plan.ts";

/** The default storage class. Kubernetes prefers the newest default, so it takes precedence over GKE's own. */
export const storageClassName = "balanced";

/** The first version in which GKE selects a disk type that the node supports: 1.35.0-gke.2232000. */
const firstDynamic = 35;

/**
 * Parameters of the storage class: balanced disks with a customer-managed key. Newer machine series support only Hyperdisk and older
 * ones only Persistent Disk, so GKE selects by node. Before 1.35 the disk type is that of the on-demand node pools, where stateful
 * pods run.
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
