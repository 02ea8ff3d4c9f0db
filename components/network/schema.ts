/** What a network's manifest may say. Every default stands in the schema of its cloud. */
import { z } from "zod";
import { awsNetworkSchema, awsSettings } from "./aws-schema.ts";
import { gcpNetworkSchema, gcpSettings } from "./gcp-schema.ts";
import { onpremNetworkSchema, onpremSettings } from "./onprem-schema.ts";

export { awsNetworkSchema, gcpNetworkSchema, onpremNetworkSchema };

/** A network with its place: what the components take as `spec`. */
export const networkSchema = z.discriminatedUnion("cloud", [
  awsNetworkSchema,
  gcpNetworkSchema,
  onpremNetworkSchema,
]);

/** What a cell's manifest writes below `network:`, by cloud; the cell adds the place. */
export const networkSettings = {
  aws: z.strictObject(awsSettings),
  gcp: z.strictObject(gcpSettings),
  onprem: z.strictObject(onpremSettings),
} as const;
