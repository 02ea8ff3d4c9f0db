/** Settings and facts of a stream. All defaults are in the schema of its cloud. */
import { z } from "zod";
import { awsStreamSettings, awsStreamSpec } from "./aws-schema.ts";
import { gcpStreamSettings, gcpStreamSpec } from "./gcp-schema.ts";
import { onpremStreamSettings, onpremStreamSpec } from "./onprem-schema.ts";

export { awsStreamSpec, gcpStreamSpec, onpremStreamSpec };

/** `stream` in the manifest of a cell, by cloud. */
export const streamSettings = {
  aws: awsStreamSettings,
  gcp: gcpStreamSettings,
  onprem: onpremStreamSettings,
} as const;

/** The settings with the facts of the cell: the component's `spec`. */
export const streamSpec = z.discriminatedUnion("cloud", [
  awsStreamSpec,
  gcpStreamSpec,
  onpremStreamSpec,
]);
