import type { AwsQueuesArgs } from "../../../components/queue/aws.ts";
import type { GcpQueuesArgs } from "../../../components/queue/gcp.ts";
import { account, awsData, gcpData } from "../../support/data-args.ts";

/** Specs with one queue with default settings. */
export const awsSpec = {
  cloud: "aws",
  account,
  region: "us-east-1",
  queues: { orders: {} },
} as const satisfies AwsQueuesArgs["spec"];

export const gcpSpec = {
  cloud: "gcp",
  project: "acme-prod",
  projectNumber: "123456789012",
  region: "europe-west1",
  queues: { orders: {} },
} as const satisfies GcpQueuesArgs["spec"];

export const awsArgs: AwsQueuesArgs = {
  ownership: awsData.ownership,
  keys: awsData.keys,
  spec: awsSpec,
};
export const gcpArgs: GcpQueuesArgs = {
  ownership: gcpData.ownership,
  keys: gcpData.keys,
  spec: gcpSpec,
};
