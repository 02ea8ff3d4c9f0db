/** What cells share although each cell's identities manage it. Reads manifests that may be invalid. */
import type { Singleton } from "../core/singleton.ts";
import { type GcpCell, namesIn, type SectionCell, type Written } from "../section/cell.ts";

export function identitySingletons(own: Written, cell: SectionCell): Singleton[] {
  switch (cell.cloud) {
    case "aws":
      return [];
    case "gcp":
      return sharedMembers(own, cell);
    case "onprem":
      return issuerOf(own);
  }
}

/** A cluster has one issuer. Two cells on one cluster would also share its namespaces, priority classes and operators. */
function issuerOf({ issuer }: Written): Singleton[] {
  if (typeof issuer !== "string") return [];
  const host = issuer.replace(/^https:\/\//, "").replace(/\/$/, "");
  return [
    {
      id: `cluster-issuer/${host}`,
      path: "issuer",
      what: `the cluster of ${issuer}`,
      rule: "must be the issuer of this cell's own cluster: a cluster belongs to one cell",
    },
  ];
}

/**
 * All clusters of a project share its workload identity pool, so the same service account in two cells is one principal. On a
 * bucket that exists both cells would then manage the same grant, and the first to remove it would remove it for the other.
 */
function sharedMembers({ workloads }: Written, cell: GcpCell): Singleton[] {
  const { project } = cell;
  return namesIn(workloads).flatMap((key): Singleton[] => {
    const { account, grants, namespace, serviceAccount } = mapIn(mapIn(workloads)[key]);
    if (account === true || !Array.isArray(grants)) return [];
    const buckets = new Set(grants.flatMap((grant) => existingBucket(mapIn(grant), cell) ?? []));
    return [...buckets].map((bucket) => ({
      id: `bucket-member/${bucket}/${project}/${String(namespace)}/${String(serviceAccount)}`,
      path: `workloads.${key}`,
      what: `the grant on bucket ${bucket} to ${String(namespace)}/${String(serviceAccount)} of project ${project}`,
      rule: 'must have "account: true", or a service account of another name: clusters of a project share identities',
    }));
  });
}

function existingBucket({ kind, name }: Written, { sections }: GcpCell): string | undefined {
  if (kind !== "bucket" || typeof name !== "string") return undefined;
  const { existing } = mapIn(mapIn(sections.objectStore?.buckets)[name]);
  const { name: bucket } = mapIn(existing);
  return typeof bucket === "string" ? bucket : undefined;
}

function mapIn(value: unknown): Written {
  return typeof value === "object" && value !== null ? (value as Written) : {};
}
