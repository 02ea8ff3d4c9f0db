import { createObjectStore } from "../../../components/object-store/object-store.ts";
import { ownership } from "../../support/ownership.ts";

export const awsPlace = { cloud: "aws", account: "111122223333", region: "us-east-1" } as const;
export const gcpPlace = {
  cloud: "gcp",
  project: "acme-prod",
  projectNumber: "123456789012",
  region: "europe-west1",
} as const;
export const awsKey = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";
export const otherAwsKey =
  "arn:aws:kms:eu-west-1:111122223333:key/66666666-7777-8888-9999-000000000000";
export const gcpKey =
  "projects/acme-prod/locations/europe-west1/keyRings/prod-keys/cryptoKeys/objects";

/** Two other cells, one on each cloud, with a bucket each. */
export const peers = {
  "aws-euw1": {
    cloud: "aws",
    owner: awsPlace.account,
    region: "eu-west-1",
    buckets: { uploads: { locked: false }, contracts: { locked: true } },
  },
  "gcp-euw4": {
    cloud: "gcp",
    owner: gcpPlace.project,
    region: "europe-west4",
    buckets: { uploads: { locked: false } },
  },
} as const;

export function awsStore(settings: object = {}, rest: object = {}) {
  return createObjectStore("store", {
    cloud: "aws",
    ownership,
    spec: { ...awsPlace, peers, buckets: { uploads: {} }, ...settings },
    keyArn: awsKey,
    replicaKeyArns: { "aws-euw1": otherAwsKey },
    ...rest,
  });
}

export function gcpStore(settings: object = {}, rest: object = {}) {
  return createObjectStore("store", {
    cloud: "gcp",
    ownership: { ...ownership, cell: "gcp-euw1" },
    spec: { ...gcpPlace, peers, buckets: { uploads: {} }, ...settings },
    keyName: gcpKey,
    ...rest,
  });
}
