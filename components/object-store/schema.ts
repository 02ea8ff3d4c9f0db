/** Settings and facts of an object store. All defaults are in the schema of its cloud. */
import { z } from "zod";
import { awsObjectStoreSpec } from "./aws-schema.ts";
import { gcpObjectStoreSpec } from "./gcp-schema.ts";
import { onpremObjectStoreSpec } from "./onprem-schema.ts";

export { awsObjectStoreSettings, awsObjectStoreSpec } from "./aws-schema.ts";
export { gcpObjectStoreSettings, gcpObjectStoreSpec } from "./gcp-schema.ts";
export { onpremObjectStoreSettings, onpremObjectStoreSpec } from "./onprem-schema.ts";

export const objectStoreSpec = z.discriminatedUnion("cloud", [
  awsObjectStoreSpec,
  gcpObjectStoreSpec,
  onpremObjectStoreSpec,
]);

export type AwsObjectStoreInput = z.input<typeof awsObjectStoreSpec>;
export type AwsObjectStoreSpec = z.output<typeof awsObjectStoreSpec>;
export type GcpObjectStoreInput = z.input<typeof gcpObjectStoreSpec>;
export type GcpObjectStoreSpec = z.output<typeof gcpObjectStoreSpec>;
export type OnpremObjectStoreInput = z.input<typeof onpremObjectStoreSpec>;
export type OnpremObjectStoreSpec = z.output<typeof onpremObjectStoreSpec>;
