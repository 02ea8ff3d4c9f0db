import type { AwsDatabaseArgs } from "../../../components/database/aws.ts";
import type { GcpDatabaseArgs } from "../../../components/database/gcp.ts";
import type { OnpremDatabaseArgs } from "../../../components/database/onprem.ts";
import { account, awsData, gcpData } from "../../support/data-args.ts";

/** The smallest valid specs. */
export const awsSpec = {
  cloud: "aws",
  account,
  region: "us-east-1",
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
} as const satisfies AwsDatabaseArgs["spec"];

export const gcpSpec = {
  cloud: "gcp",
  project: "acme-prod",
  region: "europe-west1",
} as const satisfies GcpDatabaseArgs["spec"];

export const onpremSpec = {
  cloud: "onprem",
  archive: {
    path: "s3://acme-backups/database",
    endpoint: "https://objects.acme.example",
    credentialsSecret: "archive-credentials",
  },
} as const satisfies OnpremDatabaseArgs["spec"];

export const awsArgs: AwsDatabaseArgs = { ...awsData, spec: awsSpec };
export const gcpArgs: GcpDatabaseArgs = { ...gcpData, spec: gcpSpec };
