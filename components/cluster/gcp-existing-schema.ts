import { z } from "zod";
import { refineZones, zonesOf } from "../core/cloud.ts";
import { notBesideExisting } from "../core/existing.ts";
import { gcpFacts, refineUse, usedBy } from "./facts-schema.ts";
import { gcpCreatedFields, gcpEveryField } from "./gcp-schema.ts";

/** An existing GKE cluster, below `existing:`. */
export const gcpExistingSettings = z.strictObject({
  /** Its name, in the cell's project. */
  name: z.string().regex(/^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/, {
    error: "must be the name of a GKE cluster: at most 40 lower case letters, digits and hyphens",
  }),
  /** The cell's region, or one of its zones for a zonal cluster. @default the cell's region */
  location: z.string().optional(),
});

/** `cluster` of a GCP cell that refers to an existing cluster, with the facts of the cell. */
export const gcpExistingClusterSpec = z
  .strictObject({
    ...gcpFacts,
    ...gcpEveryField,
    ...notBesideExisting(gcpCreatedFields, "a cluster"),
    existing: gcpExistingSettings,
    /** The existing network of the cell, which the cluster must be in. */
    network: z
      .object({
        network: z.string(),
        subnetwork: z.string(),
        podRange: z.string(),
        serviceRange: z.string(),
      })
      .partial()
      .optional(),
    usedBy,
  })
  .superRefine(refineUse)
  .superRefine((spec, context) => refineZones("gcp", spec, context))
  .superRefine(({ region, existing: { location } }, context) => {
    if (location === undefined || [region, ...zonesOf("gcp", region)].includes(location)) return;
    context.addIssue({
      code: "custom",
      path: ["existing", "location"],
      input: location,
      message: `must be ${region}, the cell's region, or one of its zones`,
    });
  });

export type GcpExistingClusterSpec = z.output<typeof gcpExistingClusterSpec>;

/** Where the cluster is: a region, or a zone. */
export function locationOf({
  region,
  existing,
}: Pick<GcpExistingClusterSpec, "region" | "existing">): string {
  return existing.location ?? region;
}
