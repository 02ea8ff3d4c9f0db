/** Settings and facts of the queues of a cell. All defaults are in the schema of the cloud. */
export { type AwsQueueSpec, awsQueueSettings, awsQueueSpec } from "./aws-schema.ts";
export { type GcpQueueSpec, gcpQueueSettings, gcpQueueSpec } from "./gcp-schema.ts";
