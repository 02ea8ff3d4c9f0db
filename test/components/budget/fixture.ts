import type { AwsBudgetInput, GcpBudgetInput } from "../../../components/budget/schema.ts";

export const environment = {
  environment: "prod",
  owner: "platform",
  costCentre: "platform-1001",
  dataClass: "confidential",
} as const;

export const aws: AwsBudgetInput = {
  cloud: "aws",
  account: "111122223333",
  monthly: { amount: 5000.5 },
  alerts: { emails: ["finops@acme.example"] },
};

export const gcp: GcpBudgetInput = {
  cloud: "gcp",
  project: "acme-prod",
  projectNumber: "123456789012",
  billingAccount: "012345-6789AB-CDEF01",
  monthly: { amount: 5000.5, currency: "EUR" },
  alerts: {
    actual: [80],
    forecast: [110],
    emails: ["finops@acme.example", "platform@acme.example"],
  },
};
