/** The settings of event sourcing, and the facts that the cell adds. Defaults live in the schema of each cloud. */
import { z } from "zod";
import { awsEventSourcingSettings, awsEventSourcingSpec } from "./aws-schema.ts";
import { gcpEventSourcingSettings, gcpEventSourcingSpec } from "./gcp-schema.ts";
import { onpremEventSourcingSettings, onpremEventSourcingSpec } from "./onprem-schema.ts";

export { awsEventSourcingSpec, gcpEventSourcingSpec, onpremEventSourcingSpec };

/** `eventSourcing` in a cell's manifest, by cloud. */
export const eventSourcingSettings = {
  aws: awsEventSourcingSettings,
  gcp: gcpEventSourcingSettings,
  onprem: onpremEventSourcingSettings,
} as const;

/** The `spec` of the components. */
export const eventSourcingSpec = z.discriminatedUnion("cloud", [
  awsEventSourcingSpec,
  gcpEventSourcingSpec,
  onpremEventSourcingSpec,
]);
