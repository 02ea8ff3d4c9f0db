/** What a manifest may say about event sourcing, and what the cell adds to it. Every default stands in the schema of its cloud. */
import { z } from "zod";
import { awsEventSourcingSettings, awsEventSourcingSpec } from "./aws-schema.ts";
import { gcpEventSourcingSettings, gcpEventSourcingSpec } from "./gcp-schema.ts";
import { onpremEventSourcingSettings, onpremEventSourcingSpec } from "./onprem-schema.ts";

export { awsEventSourcingSpec, gcpEventSourcingSpec, onpremEventSourcingSpec };

/** What a cell's manifest writes below `eventSourcing:`, by cloud. */
export const eventSourcingSettings = {
  aws: awsEventSourcingSettings,
  gcp: gcpEventSourcingSettings,
  onprem: onpremEventSourcingSettings,
} as const;

/** Event sourcing with its place: what the components take as `spec`. */
export const eventSourcingSpec = z.discriminatedUnion("cloud", [
  awsEventSourcingSpec,
  gcpEventSourcingSpec,
  onpremEventSourcingSpec,
]);
