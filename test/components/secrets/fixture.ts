import * as kubernetes from "@pulumi/kubernetes";
import { createSecrets } from "../../../components/secrets/secrets.ts";
import { ownership } from "../../support/ownership.ts";

export const awsPlace = { cloud: "aws", account: "111122223333", region: "us-east-1" } as const;
export const gcpPlace = {
  cloud: "gcp",
  project: "acme-prod",
  projectNumber: "123456789012",
  region: "europe-west1",
} as const;
export const onpremSpec = {
  cloud: "onprem",
  vault: { server: "https://vault.example:8200", role: "external-secrets" },
} as const;

export const awsKey = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";
export const gcpKey =
  "projects/acme-prod/locations/europe-west1/keyRings/prod-keys/cryptoKeys/secrets";
export const functionArn = "arn:aws:lambda:us-east-1:111122223333:function:rotate";

export const awsSecrets = {
  payments: { description: "What the payment provider knows us by" },
  signing: { description: "Signs sessions", rotation: { functionArn, everyDays: 30 } },
};

export const gcpSecrets = {
  payments: { description: "What the payment provider knows us by" },
  signing: {
    description: "Signs sessions",
    rotation: {
      topic: "projects/acme-prod/topics/rotate",
      everyDays: 30,
      firstAt: "2027-01-31T09:00:00Z",
    },
  },
};

/** An on-premises cluster of the embedded cloud. */
export const siteKubeconfig = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  "current-context": "site",
  contexts: [{ name: "site", context: { cluster: "site", user: "site" } }],
  users: [{ name: "site", user: {} }],
  clusters: [
    {
      name: "site",
      cluster: {
        server: "https://site.example:6443",
        extensions: [
          {
            name: "atoll.dev/rehearsal",
            extension: {
              version: "v1.35.2",
              nodes: [{ name: "sel-a1", labels: {}, cpu: "16", memory: "64Gi" }],
            },
          },
        ],
      },
    },
  ],
});

/** Created inside a program, because providers are resources. */
export function site() {
  return { provider: new kubernetes.Provider("site", { kubeconfig: siteKubeconfig }) };
}

export function awsArgs(settings: object = {}) {
  return {
    cloud: "aws",
    ownership,
    spec: { ...awsPlace, secrets: awsSecrets, ...settings },
    keyArn: awsKey,
  } as const;
}

export function gcpArgs(settings: object = {}) {
  return {
    cloud: "gcp",
    ownership: { ...ownership, cell: "gcp-euw1" },
    spec: { ...gcpPlace, secrets: gcpSecrets, ...settings },
    keyName: gcpKey,
  } as const;
}

export function onpremSecrets(settings: object = {}) {
  return createSecrets("secrets", {
    cloud: "onprem",
    ownership: { ...ownership, cell: "onprem-sel" },
    spec: { ...onpremSpec, ...settings },
    cluster: site(),
  });
}

/** The inputs of AwsSecrets from a cluster. */
export function eks() {
  return {
    spec: { name: "prod-aws-use1" },
    clusterName: "prod-aws-use1",
    arn: "arn:aws:eks:us-east-1:111122223333:cluster/prod-aws-use1",
    ...site(),
  };
}
