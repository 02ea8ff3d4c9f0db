import type { AwsCacheArgs } from "../../../components/cache/aws.ts";
import type { GcpCacheArgs } from "../../../components/cache/gcp.ts";
import type { OnpremCacheArgs } from "../../../components/cache/onprem.ts";
import { account, awsData, gcpData } from "../../support/data-args.ts";

/** The smallest valid specs. */
export const awsSpec = {
  cloud: "aws",
  account,
  region: "us-east-1",
} as const satisfies AwsCacheArgs["spec"];

export const gcpSpec = {
  cloud: "gcp",
  project: "acme-prod",
  region: "europe-west1",
} as const satisfies GcpCacheArgs["spec"];

export const onpremSpec = {
  cloud: "onprem",
  passwordsSecret: "cache-users",
  issuer: "site-ca",
} as const satisfies OnpremCacheArgs["spec"];

export const awsArgs: AwsCacheArgs = { ...awsData, spec: awsSpec };
export const gcpArgs: GcpCacheArgs = { ...gcpData, spec: gcpSpec };
