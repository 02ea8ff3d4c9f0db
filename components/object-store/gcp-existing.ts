/** Existing Cloud Storage buckets: lookups and checks. */
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../core/errors.ts";
import { type LookedUp, lookedUp, problemsOfLookup } from "../core/existing.ts";
import type { GcpObjectStoreSpec } from "./schema.ts";

export interface GcpBucketFacts {
  readonly location: string;
  readonly projectNumber: string;
  readonly uniformAccess: boolean;
  readonly publicAccessPrevention: string;
  /** Resource name of its default key; undefined where Google's own keys encrypt it. */
  readonly keyName: string | undefined;
}

/** By the bucket's key in the manifest. */
export type GcpBucketsFacts = Readonly<Record<string, LookedUp<GcpBucketFacts>>>;

/** Looks up every bucket that the manifest refers to. A failed lookup is a fact as well. */
export async function lookUpGcpBuckets(
  { buckets }: Pick<GcpObjectStoreSpec, "buckets">,
  options: pulumi.InvokeOptions,
): Promise<GcpBucketsFacts> {
  const found = Object.entries(buckets).map(async ([key, { existing }]) => {
    if (existing === undefined) return [];
    const { name } = existing;
    const bucket = await lookedUp(gcp.storage.getBucket({ name }, options), (seen) => ({
      location: seen.location,
      projectNumber: String(seen.projectNumber),
      uniformAccess: seen.uniformBucketLevelAccess,
      publicAccessPrevention: seen.publicAccessPrevention,
      keyName: seen.encryptions[0]?.defaultKmsKeyName || undefined,
    }));
    return [[key, bucket] as const];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}

export function gcpBucketsProblems(spec: GcpObjectStoreSpec, facts: GcpBucketsFacts): Problem[] {
  return Object.entries(spec.buckets).flatMap(([key, { existing }]) => {
    if (existing === undefined) return [];
    const path = `buckets.${key}.existing.name`;
    const bucket = facts[key] ?? { failure: "it was not looked up" };
    return problemsOfLookup(path, "a bucket", bucket, (seen) => problemsOf(path, spec, seen));
  });
}

function problemsOf(
  path: string,
  { region, projectNumber }: GcpObjectStoreSpec,
  seen: GcpBucketFacts,
): Problem[] {
  const must: [boolean, string, unknown][] = [
    [seen.location.toLowerCase() === region, `must be in ${region}`, seen.location],
    [
      seen.projectNumber === projectNumber,
      `must be in the cell's project, whose number is ${projectNumber}`,
      seen.projectNumber,
    ],
    [
      seen.uniformAccess,
      "must have uniform bucket-level access: grants are IAM conditions, which object ACLs evade",
      false,
    ],
    [
      seen.publicAccessPrevention === "enforced",
      "must have public access prevention enforced",
      seen.publicAccessPrevention,
    ],
    [
      seen.keyName !== undefined,
      "must have a default Cloud KMS key, as every bucket of Atoll's has",
      "none",
    ],
  ];
  return must.flatMap(([held, message, got]) => (held ? [] : [{ path, message, got }]));
}
