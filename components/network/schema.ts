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
    /** An existing network, which is checked and not changed. @default Atoll creates one */
    existing: awsExistingSettings.optional(),
  }),
  gcp: z.strictObject({
    ...gcpSettings,
    /** An existing network, which is checked and not changed. @default Atoll creates one */
    existing: gcpExistingSettings.optional(),
  }),
  onprem: z.strictObject(onpremSettings),
} as const;

/** `network` of a cell with the facts of the cell, created or existing. */
export const networkSection = {
  aws: createdOrExisting(awsNetworkSchema, awsExistingNetworkSchema),
  gcp: createdOrExisting(gcpNetworkSchema, gcpExistingNetworkSchema),
  onprem: onpremNetworkSchema,
} as const;
