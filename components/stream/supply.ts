/** What the stream of a cell gives its tenants, and its planned costs. Pure. */
import { gibibytes } from "../core/units.ts";
import type { CostItem } from "../pricing/item.ts";
import type { SupplyingCell } from "../section/section.ts";
import type { Supply } from "../tenancy/capacity.ts";
import { type AwsStreamSpec, awsBrokers, awsCapacity } from "./aws-schema.ts";
import { type GcpStreamSpec, gcpCapacity } from "./gcp-schema.ts";
import { type OnpremStreamSpec, onpremCapacity } from "./onprem-schema.ts";
import { type BrokerCapacity, partitionReplicas } from "./topics.ts";

type Spec = AwsStreamSpec | GcpStreamSpec | OnpremStreamSpec;

/**
 * Kafka's own topics: 50 partitions each of `__consumer_offsets` and `__transaction_state`, with three replicas. Source: "Broker
 * Configs", Apache Kafka documentation.
 */
const ownReplicas = 2 * 50 * 3;

export function streamSupply(spec: Spec, { key }: SupplyingCell): Supply[] {
  // Tenants use the main one.
  if (key !== undefined) return [];
  const { brokers, partitionsPerBroker, limitOf } = capacityOf(spec);
  return [
    {
      resource: "partitions",
      has: brokers * partitionsPerBroker,
      takes: partitionReplicas(spec.topics) + ownReplicas,
      from: `${partitionsPerBroker} on each of ${brokers} brokers (${limitOf})`,
    },
  ];
}

function capacityOf(spec: Spec): BrokerCapacity {
  switch (spec.cloud) {
    case "aws":
      return awsCapacity(spec, spec.zones.length);
    case "gcp":
      return gcpCapacity(spec);
    case "onprem":
      return onpremCapacity(spec);
  }
}

export function streamCosts(spec: Spec, { key }: SupplyingCell): CostItem[] {
  const what = key === undefined ? "Kafka" : `Kafka ${key}`;
  const split = key === undefined ? "partitions" : "equal";
  switch (spec.cloud) {
    case "aws":
      return ofMsk(spec, what, split);
    case "gcp":
      return [
        {
          item: `${what}, compute`,
          price: "gcp-kafka-dcu",
          // Compute units of a vCPU and of a GiB.
          quantity: 0.6 * spec.vcpus + 0.1 * gibibytes(spec.memory),
          key: split,
        },
      ];
    case "onprem":
      return [];
  }
}

/** A broker's price is in proportion to its size; `large` is the smallest. */
const larges = { large: 1, xlarge: 2 } as const;

function ofMsk(spec: AwsStreamSpec, what: string, key: CostItem["key"]): CostItem[] {
  const brokers = awsBrokers(spec, spec.zones.length);
  const [, family, size = "large"] = spec.brokerType.split(".");
  const multiple = /^(\d+)xlarge$/.exec(size)?.[1];
  const units = multiple === undefined ? larges[size as keyof typeof larges] : 2 * Number(multiple);
  return [
    {
      item: `${what}, ${brokers} brokers`,
      price: family === "m5" ? "aws-msk-m5-large" : "aws-msk-m7g-large",
      quantity: brokers * units,
      key,
    },
    {
      item: `${what}, disks`,
      price: "aws-msk-gib",
      quantity: brokers * gibibytes(spec.storage.size),
      key,
    },
  ];
}
