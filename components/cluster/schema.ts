/** The settings of a cluster, and the facts that the cell adds. Defaults live only here. */
import { z } from "zod";
import { refineZones } from "../core/cloud.ts";
import { createdOrExisting } from "../core/existing.ts";
import { longestNameOf } from "../core/naming.ts";
import { awsExistingClusterSpec, awsExistingSettings } from "./aws-existing-schema.ts";
import {
  accessEntries,
  awsCreatedFields,
  awsCreatedSettings,
  awsEveryField,
} from "./aws-schema.ts";
import { awsFacts, gcpFacts, nameUpTo } from "./facts-schema.ts";
import { gcpExistingClusterSpec, gcpExistingSettings } from "./gcp-existing-schema.ts";
import { gcpCreatedFields, gcpCreatedSettings, gcpEveryField } from "./gcp-schema.ts";
import { nodeName, onpremClusterSettings } from "./onprem-schema.ts";

/** `cluster` in the manifest of an AWS cell. */
export const awsClusterSettings = z.strictObject({
  ...awsEveryField,
  ...awsCreatedFields,
  /**
   * Principals that may use the Kubernetes API, by a key of your choice. Required for a cluster that Atoll creates: the creator has no
   * implicit access, so the role that deploys must be one of the cluster admins. Optional for an existing one, which gets entries for them.
   */
  access: accessEntries.optional(),
  /** An existing cluster, which is checked and not changed. @default Atoll creates one */
  existing: awsExistingSettings.optional(),
});

/** `cluster` in the manifest of a GCP cell. */
export const gcpClusterSettings = z.strictObject({
  ...gcpEveryField,
  ...gcpCreatedFields,
  /** An existing cluster, which is checked and not changed. @default Atoll creates one */
  existing: gcpExistingSettings.optional(),
});

/** A cluster that Atoll creates on AWS, with the facts of the cell. */
export const awsClusterSpec = awsCreatedSettings.safeExtend(awsFacts);

/** A cluster that Atoll creates on GCP, with the facts of the cell. */
export const gcpClusterSpec = gcpCreatedSettings
  .safeExtend(gcpFacts)
  .superRefine((spec, context) => refineZones("gcp", spec, context));

/** `cluster` of an on-premises cell, with the facts of the cell. */
export const onpremClusterSpec = onpremClusterSettings.safeExtend({
  cloud: z.literal("onprem"),
  name: nameUpTo(longestNameOf("k8s-label")),
  /** The nodes to inspect: those of all pools. */
  nodes: z.array(nodeName).min(1),
  /** Nodes whose zone must be known: those of class "stateful". @default [] */
  zonedNodes: z.array(nodeName).default([]),
  /** The label with the rack of a node, for a stream. @default none */
  rackLabel: z.string().optional(),
  /** The range of pods, which the nodes are compared with. @default not compared */
  podCidr: z.string().optional(),
});

/** `cluster` of a cell with the facts of the cell, created or existing. */
export const clusterSection = {
  aws: createdOrExisting(awsClusterSpec, awsExistingClusterSpec),
  gcp: createdOrExisting(gcpClusterSpec, gcpExistingClusterSpec),
  onprem: onpremClusterSpec,
} as const;

export type AwsClusterSpec = z.output<typeof awsClusterSpec>;
export type GcpClusterSpec = z.output<typeof gcpClusterSpec>;
export type OnpremClusterSpec = z.output<typeof onpremClusterSpec>;
/** Created or existing. */
export type AnyAwsClusterSpec = z.output<(typeof clusterSection)["aws"]>;
export type AnyGcpClusterSpec = z.output<(typeof clusterSection)["gcp"]>;
export type ClusterSpec = z.output<(typeof clusterSection)[keyof typeof clusterSection]>;
