/** What a manifest may say about the queues of a cell, and what the cell adds to it. Defaults live in the schemas only. */
export { type AwsQueueSpec, awsQueueSettings, awsQueueSpec } from "./aws-schema.ts";
export { type GcpQueueSpec, gcpQueueSettings, gcpQueueSpec } from "./gcp-schema.ts";
