/** Cells for the replication checks. */
import type { ReplicatedCell } from "../../../components/replication/plan.ts";

export const topics = {
  "orders.events": { partitions: 12, cleanup: "delete", maxMessageSize: "1 MiB" },
  "orders.snapshots": { partitions: 6, cleanup: "compact", maxMessageSize: "1 MiB" },
} as const;

export const awsEast: ReplicatedCell = {
  name: "aws-use1",
  file: "Pulumi.prod.aws-use1.yaml",
  cloud: "aws",
  owner: "111122223333",
  region: "us-east-1",
  country: "us",
  stream: { topics, brokers: { perZone: 1, zones: 3 } },
  database: { upgrading: false },
  objectStore: { buckets: { uploads: {}, exports: {} } },
};

export const awsWest: ReplicatedCell = {
  ...awsEast,
  name: "aws-usw2",
  file: "Pulumi.prod.aws-usw2.yaml",
  region: "us-west-2",
};

export const gcpBelgium: ReplicatedCell = {
  name: "gcp-euw1",
  file: "Pulumi.prod.gcp-euw1.yaml",
  cloud: "gcp",
  owner: "acme-prod",
  region: "europe-west1",
  country: "be",
  stream: { topics },
  database: { upgrading: false, edition: "ENTERPRISE_PLUS" },
  objectStore: { buckets: { uploads: {} } },
};

export const gcpNetherlands: ReplicatedCell = {
  ...gcpBelgium,
  name: "gcp-euw4",
  file: "Pulumi.prod.gcp-euw4.yaml",
  region: "europe-west4",
  country: "nl",
};

const archive = { endpoint: "https://objects.acme.example", credentialsSecret: "archive" };

export const seoul: ReplicatedCell = {
  name: "onprem-sel",
  file: "Pulumi.prod.onprem-sel.yaml",
  cloud: "onprem",
  owner: "Seoul",
  region: "Seoul",
  country: "kr",
  stream: { topics },
  database: { upgrading: false, archive },
};

export const busan: ReplicatedCell = {
  ...seoul,
  name: "onprem-pus",
  file: "Pulumi.prod.onprem-pus.yaml",
  owner: "Busan",
  region: "Busan",
};

/** The cell with its stream or database replicated. */
export function copying(
  cell: ReplicatedCell,
  service: "stream" | "database",
  to: string,
  objectives: { rpo?: "30 seconds" | "5 minutes"; rto?: "2 minutes" | "30 minutes" } = {},
): ReplicatedCell {
  const replicateTo = { cell: to, ...objectives };
  return { ...cell, [service]: { ...cell[service], replicateTo } };
}
