/** Settings and facts of node pools. All defaults are in the schemas. */
import { z } from "zod";
import { accountText, projectText, refineZones, regionText } from "../core/cloud.ts";
import { regardless } from "./across-pools.ts";
import { awsNodePoolsSettings } from "./aws-schema.ts";
import { gcpNodePoolsSettings, refineArchitectures } from "./gcp-schema.ts";
import { onpremNodePoolsSettings } from "./onprem-schema.ts";

/** `nodePools` of an AWS cell with the facts of the cell. */
export const awsNodePoolsSpec = z.strictObject({
  cloud: z.literal("aws"),
  region: z.string().min(1),
  account: accountText,
  pools: awsNodePoolsSettings,
});

/** `nodePools` of a GCP cell with the facts of the cell. */
export const gcpNodePoolsSpec = z
  .strictObject({
    cloud: z.literal("gcp"),
    project: projectText,
    region: regionText("gcp"),
    /** Zones of the nodes. */
    zones: z.array(z.string()).min(1),
    /** The cluster's minor version, which the cluster's schema checks. */
    version: z.string(),
    pools: gcpNodePoolsSettings,
  })
  .superRefine((spec, context) => refineZones("gcp", spec, context))
  .superRefine(refineArchitectures, regardless);

/** `nodePools` of an on-premises cell. */
export const onpremNodePoolsSpec = z.strictObject({
  cloud: z.literal("onprem"),
  pools: onpremNodePoolsSettings,
});

export const nodePoolsSpec = z.discriminatedUnion("cloud", [
  awsNodePoolsSpec,
  gcpNodePoolsSpec,
  onpremNodePoolsSpec,
]);

export type AwsNodePoolsSpec = z.output<typeof awsNodePoolsSpec>;
export type GcpNodePoolsSpec = z.output<typeof gcpNodePoolsSpec>;
export type OnpremNodePoolsSpec = z.output<typeof onpremNodePoolsSpec>;
export type NodePoolsSpec = z.output<typeof nodePoolsSpec>;
