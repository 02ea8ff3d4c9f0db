/** What a cluster gives the tenants of its cell, and its planned cost. Pure. */
import type { CostItem } from "../pricing/item.ts";
import type { SupplyingCell } from "../section/section.ts";
import type { Supply } from "../tenancy/capacity.ts";
import { quotaOf } from "../tenancy/quotas.ts";
import type { ClusterSpec } from "./schema.ts";

/** Source: "Kubernetes Scalability thresholds", kubernetes/community, sig-scalability. */
const mostNamespaces = 10_000;

/** `default`, `kube-system`, `kube-public` and `kube-node-lease`. */
const ownNamespaces = 4;

export function clusterSupply(_spec: ClusterSpec, { cloud, quotas }: SupplyingCell): Supply[] {
  const namespaces: Supply = {
    resource: "namespaces",
    has: mostNamespaces,
    takes: ownNamespaces,
    from: "Kubernetes scalability thresholds",
  };
  if (cloud !== "aws") return [namespaces];
  return [
    namespaces,
    quotaOf("podIdentityAssociations", quotas),
    { resource: "podIdentityAssociations", takes: 1, from: "the network plugin" },
  ];
}

/** An existing cluster is paid for elsewhere, and a site's own has no price. */
export function clusterCosts(
  { existing }: { readonly existing?: unknown },
  { cloud }: SupplyingCell,
): CostItem[] {
  if (existing !== undefined || cloud === "onprem") return [];
  const price = cloud === "aws" ? "aws-eks-cluster" : "gcp-gke-cluster";
  return [{ item: "control plane", price, quantity: 1, key: "equal" }];
}
