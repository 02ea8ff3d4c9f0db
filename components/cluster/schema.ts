/** The settings of a cluster, and the facts that the cell adds. Defaults live only here. */
import { z } from "zod";
import { accountText, projectText, refineZones, regionText } from "../core/cloud.ts";
import { longestNameOf } from "../core/naming.ts";
import { awsClusterSettings } from "./aws-schema.ts";
import { gcpClusterSettings } from "./gcp-schema.ts";
import { nodeName, onpremClusterSettings } from "./onprem-schema.ts";

const identity = {
  /** Physical name of the cluster, unique in its account or project and region; also the discovery tag of its subnets. */
  name: z.string().regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, {
    error: "must be lower case letters, digits and hyphens, starting with a letter",
  }),
  region: z.string().min(1),
};

/** The longest name from which all derived names still fit their limits; EKS itself allows 100. */
const longestEksName = 63;

/** `cluster` of an AWS cell, with the facts of the cell. */
export const awsClusterSpec = awsClusterSettings.safeExtend({
  cloud: z.literal("aws"),
  ...identity,
  name: identity.name.max(longestEksName, {
    error: `must have at most ${longestEksName} characters`,
  }),
  account: accountText,
});

const atMost = (length: number) => ({ error: `must have at most ${length} characters` });

/** `cluster` of a GCP cell, with the facts of the cell. */
export const gcpClusterSpec = gcpClusterSettings
  .safeExtend({
    cloud: z.literal("gcp"),
    ...identity,
    name: identity.name.max(longestNameOf("gke-cluster"), atMost(longestNameOf("gke-cluster"))),
    project: projectText,
    region: regionText("gcp"),
    /** Zones of the region for nodes. */
    zones: z.array(z.string()).min(1),
  })
  .superRefine((spec, context) => refineZones("gcp", spec, context));

/** `cluster` of an on-premises cell, with the facts of the cell. */
export const onpremClusterSpec = onpremClusterSettings.safeExtend({
  cloud: z.literal("onprem"),
  name: identity.name.max(longestNameOf("k8s-label"), atMost(longestNameOf("k8s-label"))),
  /** The nodes to inspect: those of all pools. */
  nodes: z.array(nodeName).min(1),
});

export const clusterSpec = z.discriminatedUnion("cloud", [
  awsClusterSpec,
  gcpClusterSpec,
  onpremClusterSpec,
]);

export type AwsClusterSpec = z.output<typeof awsClusterSpec>;
export type GcpClusterSpec = z.output<typeof gcpClusterSpec>;
export type OnpremClusterSpec = z.output<typeof onpremClusterSpec>;
export type ClusterSpec = z.output<typeof clusterSpec>;
