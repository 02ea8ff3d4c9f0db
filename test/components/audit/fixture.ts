import { createAudit } from "../../../components/audit/audit.ts";

export const ownership = {
  environment: "prod",
  owner: "platform",
  costCentre: "platform-1001",
  dataClass: "restricted",
} as const;
export const awsPlace = { cloud: "aws", account: "111122223333", region: "us-east-1" } as const;
export const gcpPlace = { cloud: "gcp", project: "acme-prod", region: "europe-west1" } as const;
export const gcpKey =
  "projects/acme-prod/locations/europe-west1/keyRings/prod-keys/cryptoKeys/objects";

export function awsAudit(settings: object = {}, rest: object = {}) {
  return createAudit("audit", {
    cloud: "aws",
    ownership,
    spec: { ...awsPlace, frameworks: ["pci-dss-4", "sox", "cis-aws"], ...settings },
    ...rest,
  });
}

export function gcpAudit(settings: object = {}, rest: object = {}) {
  return createAudit("audit", {
    cloud: "gcp",
    ownership,
    spec: { ...gcpPlace, frameworks: ["hipaa"], ...settings },
    keyName: gcpKey,
    ...rest,
  });
}
