export const aws = { cloud: "aws", account: "111122223333", region: "us-east-1" } as const;
export const gcp = {
  cloud: "gcp",
  project: "acme-prod",
  projectNumber: "123456789012",
  region: "europe-west1",
} as const;
