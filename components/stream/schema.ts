/** What a manifest may say about a stream, and what the cell adds to it. Every default stands in the schema of its cloud. */
import { z } from "zod";
import { awsStreamSettings, awsStreamSpec } from "./aws-schema.ts";
import { gcpStreamSettings, gcpStreamSpec } from "./gcp-schema.ts";
import { onpremStreamSettings, onpremStreamSpec } from "./onprem-schema.ts";

export { awsStreamSpec, gcpStreamSpec, onpremStreamSpec };

/** What a cell's manifest writes below `stream:`, by cloud. */
export const streamSettings = {
  aws: awsStreamSettings,
  gcp: gcpStreamSettings,
  onprem: onpremStreamSettings,
} as const;

/** A stream with its place: what the components take as `spec`. */
export const streamSpec = z.discriminatedUnion("cloud", [
  awsStreamSpec,
  gcpStreamSpec,
  onpremStreamSpec,
]);
