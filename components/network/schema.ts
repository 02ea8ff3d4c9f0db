/** Settings and facts of a network. All defaults are in the schema of its cloud. */
import { z } from "zod";
import { createdOrExisting } from "../core/existing.ts";
import { awsExistingNetworkSchema, awsExistingSettings } from "./aws-existing-schema.ts";
import { awsNetworkSchema, awsSettings } from "./aws-schema.ts";
import { gcpExistingNetworkSchema, gcpExistingSettings } from "./gcp-existing-schema.ts";
import { gcpNetworkSchema, gcpSettings } from "./gcp-schema.ts";
import { onpremNetworkSchema, onpremSettings } from "./onprem-schema.ts";

export { awsNetworkSchema, gcpNetworkSchema, onpremNetworkSchema };

/** The settings with the facts of the cell: the component's `spec`. */
export const networkSchema = z.discriminatedUnion("cloud", [
  awsNetworkSchema,
  gcpNetworkSchema,
  onpremNetworkSchema,
]);

/** `network` in the manifest of a cell, by cloud. */
export const networkSettings = {
  aws: z.strictObject({
    ...awsSettings,
    /** A network that exists already: nothing of it is created or changed. @default a network of its own */
    existing: awsExistingSettings.optional(),
  }),
  gcp: z.strictObject({
    ...gcpSettings,
    /** A network that exists already: nothing of it is created or changed. @default a network of its own */
    existing: gcpExistingSettings.optional(),
  }),
  onprem: z.strictObject(onpremSettings),
} as const;

/** The same with its place: what is created, or what exists. */
export const networkSection = {
  aws: createdOrExisting(awsNetworkSchema, awsExistingNetworkSchema),
  gcp: createdOrExisting(gcpNetworkSchema, gcpExistingNetworkSchema),
  onprem: onpremNetworkSchema,
} as const;
