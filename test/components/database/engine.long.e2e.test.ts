// Real engine, embedded cloud: a database is created, previews without changes and is destroyed, on each cloud. Does not prove
// that a real cloud accepts it.
import * as kubernetes from "@pulumi/kubernetes";
import { createDatabase } from "../../../components/database/database.ts";
import { comesAndGoes } from "../../support/comes-and-goes.ts";
import { onpremOwnership } from "../../support/data-args.ts";
import { awsGround, gcpGround } from "../../support/grounds.ts";
import { siteKubeconfig } from "../../support/site.ts";
import { awsArgs, gcpArgs, gcpSpec, onpremSpec } from "./fixture.ts";

const programs = {
  aws: async () => {
    const { provider, ...ground } = awsGround();
    const database = createDatabase(
      "database",
      {
        ...awsArgs,
        cloud: "aws",
        retain: false,
        ...ground,
      },
      { providers: { aws: provider } },
    );
    return { endpoint: database.endpoint, secret: database.masterSecretArn };
  },
  gcp: async () => {
    const { provider, ...ground } = gcpGround(gcpSpec);
    const database = createDatabase(
      "database",
      {
        ...gcpArgs,
        cloud: "gcp",
        retain: false,
        spec: { ...gcpSpec, readReplicas: 1 },
        ...ground,
      },
      { providers: { gcp: provider } },
    );
    return { endpoint: database.endpoint, connection: database.connectionName };
  },
  onprem: async () => {
    const provider = new kubernetes.Provider("site", { kubeconfig: siteKubeconfig() });
    const database = createDatabase("database", {
      cloud: "onprem",
      ownership: onpremOwnership,
      retain: false,
      spec: onpremSpec,
      cluster: { provider },
    });
    return { endpoint: database.endpoint };
  },
} as const;

const endpoints = {
  aws: /^prod-aws-use1-database-proxy\.proxy-.*\.us-east-1\.rds\.amazonaws\.com$/,
  gcp: /\.europe-west1\.sql\.goog$/,
  onprem: /^prod-onprem-sel-database-pool\.database\.svc$/,
} as const;

comesAndGoes(programs, endpoints);
