/** Aggregates, and the additional settings of each cloud. */
import type { z } from "zod";
import { aggregate } from "../../../components/event-sourcing/aggregate-schema.ts";
import type { AwsEventSourcingArgs } from "../../../components/event-sourcing/aws.ts";
import type { GcpEventSourcingArgs } from "../../../components/event-sourcing/gcp.ts";
import type { OnpremEventSourcingArgs } from "../../../components/event-sourcing/onprem.ts";

type AggregateInput = z.input<typeof aggregate>;

export const aggregates: Record<string, AggregateInput> = {
  order: { partitions: 12, readModels: ["summary"], personalData: { erasure: "crypto-shredding" } },
  payment: { audit: true, snapshots: false },
};

/** Aggregates with their defaults. */
export function parsed(given: Record<string, AggregateInput>) {
  return Object.fromEntries(
    Object.entries(given).map(([name, settings]) => [name, aggregate.parse(settings)]),
  );
}

/** The topics of these aggregates with an outbox. */
export const topicNames = [
  "order.events",
  "order.snapshots",
  "order.read.summary",
  "order.dead-letters",
  "payment.events",
  "payment.dead-letters",
  "outbox.heartbeats.outbox",
];

export const awsSpec: AwsEventSourcingArgs["spec"] = {
  cloud: "aws",
  account: "111122223333",
  region: "us-east-1",
  frameworks: ["soc2", "gdpr", "pci-dss-4"],
  aggregates: {
    ...aggregates,
    payment: {
      ...aggregates.payment,
      schema: { definition: '{"type":"record","name":"Payment","fields":[]}' },
    },
  },
  outbox: {
    database: "shop",
    passwordSecret: "outbox",
    plugin: { bucketArn: "arn:aws:s3:::prod-plugins", fileKey: "connect/debezium-postgres.zip" },
  },
};

export const gcpSpec: GcpEventSourcingArgs["spec"] = {
  cloud: "gcp",
  project: "acme-prod",
  projectNumber: "123456789012",
  region: "europe-west1",
  frameworks: ["gdpr"],
  aggregates,
  registry: { clientNamespaces: ["shop"] },
  outbox: { database: "shop" },
};

export const onpremSpec: OnpremEventSourcingArgs["spec"] = {
  cloud: "onprem",
  frameworks: ["ccpa"],
  aggregates,
  registry: {},
  outbox: {
    database: "shop",
    image: `registry.example/connect-debezium@sha256:${"0".repeat(64)}`,
    passwordSecret: "outbox-database",
  },
};

export const registryDatabase = {
  url: "jdbc:postgresql://registry.example:5432/registry?sslmode=require",
  username: "registry",
  password: "hunter2",
};
