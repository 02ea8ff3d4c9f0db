/** The facts that a cell adds to the settings of its cluster. */
import { z } from "zod";
import { accountText, projectText, regionText } from "../core/cloud.ts";
import { longestNameOf } from "../core/naming.ts";

/**
 * Unique in the account or project and region. The physical name of a created cluster, and the first part of the names of roles,
 * queues and service accounts that belong to it, created or existing.
 */
export const nameUpTo = (length: number) =>
  z
    .string()
    .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, {
      error: "must be lower case letters, digits and hyphens, starting with a letter",
    })
    .max(length, { error: `must have at most ${length} characters` });

/** The longest name from which all derived names still fit their limits; EKS itself allows 100. */
const longestEksName = 63;

export const awsFacts = {
  cloud: z.literal("aws"),
  name: nameUpTo(longestEksName),
  region: z.string().min(1),
  account: accountText,
};

export const gcpFacts = {
  cloud: z.literal("gcp"),
  name: nameUpTo(longestNameOf("gke-cluster")),
  region: regionText("gcp"),
  project: projectText,
  /** Zones of the region for nodes. */
  zones: z.array(z.string()).min(1),
};

/** Other cells that refer to the same existing cluster: there may be none. */
export const usedBy = z.array(z.string()).default([]);

/** The controllers and names of two cells in one cluster would be the same. */
export function refineUse(
  spec: { readonly existing: { readonly name: string }; readonly usedBy: readonly string[] },
  context: z.RefinementCtx,
): void {
  if (spec.usedBy.length === 0) return;
  context.addIssue({
    code: "custom",
    path: ["existing", "name"],
    input: spec.existing.name,
    message: `must be the cluster of one cell: ${spec.usedBy.join(", ")} also refers to it`,
  });
}

/** The name of the cluster itself: of an existing one, that of the manifest. */
export function physicalClusterName({
  name,
  existing,
}: {
  readonly name: string;
  readonly existing?: { readonly name: string } | undefined;
}): string {
  return existing?.name ?? name;
}
