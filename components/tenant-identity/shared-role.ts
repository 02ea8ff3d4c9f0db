/** The role that pods of all tenants of a pool share on AWS. Pure. */
import { clusterArn } from "../cluster/aws-arns.ts";
import type { Statement } from "../core/iam.ts";
import { physicalName } from "../core/naming.ts";
import { type AwsBucketReference, bucketGrant } from "../object-store/grant.ts";
import type { Isolation } from "../tenancy/isolation.ts";
import { namespaceTag } from "../tenant-keys/aws-policy.ts";
import { namespacePrefix } from "../tenant-namespaces/names.ts";
import { ofNamespaces } from "../tenant-object-store/folders.ts";

/** A cluster by its physical name. */
export interface ClusterPlace {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  /** What names of roles begin with: the name of a cluster that the cell creates. */
  readonly prefix: string;
}

export function sharedRoleName({ prefix }: Pick<ClusterPlace, "prefix">): string {
  return physicalName("iam-role", [prefix, "tenants"]);
}

export function sharedRoleArn(cluster: ClusterPlace): string {
  return `arn:aws:iam::${cluster.account}:role/${sharedRoleName(cluster)}`;
}

/** What the shared role needs to know of a tier. */
export interface SharedRoleTier {
  readonly isolation: Readonly<Record<string, Isolation>>;
  readonly objectStore?: { readonly bucket?: string | undefined } | undefined;
}

/** The buckets whose folders of namespaces the shared role permits, by the tiers' settings. */
export function sharedBuckets(tiers: Readonly<Record<string, SharedRoleTier>>): string[] {
  const buckets = Object.values(tiers).flatMap(({ isolation, objectStore }) =>
    isolation.identity === "pool" && isolation.objectStore === "pool"
      ? (objectStore?.bucket ?? [])
      : [],
  );
  return [...new Set(buckets)].sort();
}

/** IAM replaces it by the session tag with the pod's namespace; without the tag, nothing is permitted. */
const ownNamespace = `\${${namespaceTag}}`;

/** Everything in the folders of the pod's own namespace. */
export function sharedStatements(
  references: readonly AwsBucketReference[],
  place: Pick<ClusterPlace, "account" | "region">,
): Statement[] {
  return references.flatMap((reference, index) =>
    bucketGrant.aws
      .statements(
        {
          kind: "bucket",
          name: "shared",
          may: ["read", "write", "delete"],
          prefix: `${ofNamespaces}${ownNamespace}/`,
        },
        reference,
        { ...place, workload: "tenants" },
      )
      .map((statement) => ({ ...statement, sid: `${statement.sid}${index + 1}` })),
  );
}

/** Trusts EKS for pods in namespaces of tenants of this cluster, with the session tags that tell them apart. */
export function sharedTrust(cluster: ClusterPlace): Statement[] {
  return [
    {
      sid: "Assume",
      principals: { services: "pods.eks.amazonaws.com" },
      actions: ["sts:AssumeRole", "sts:TagSession"],
      conditions: {
        StringEquals: { "aws:RequestTag/eks-cluster-arn": clusterArn(cluster) },
        StringLike: { "aws:RequestTag/kubernetes-namespace": `${namespacePrefix}*` },
      },
    },
  ];
}
