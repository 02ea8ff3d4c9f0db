/** What changes of event sourcing do to what is deployed. */
import {
  type Changes,
  entriesOf,
  inPlace,
  losesBelow,
  renews,
  replaces,
  upwards,
} from "../section/changes.ts";

const aggregates: Changes = {
  ...entriesOf("the topics of the aggregate with all its events", "aggregates"),
  ...upwards(
    {
      source: "Apache Kafka: partitions can be added but not removed",
      instead: "add another aggregate, and move its events",
    },
    "aggregates.*.partitions",
  ),
  ...losesBelow(
    "records that are older",
    "aggregates.*.retention",
    "aggregates.*.deadLetterRetention",
  ),
  ...inPlace(
    "aggregates.*.cleanup",
    "aggregates.*.audit",
    "aggregates.*.dailyVolume",
    "aggregates.*.localRetention",
    "aggregates.*.personalData",
    "aggregates.*.schema",
  ),
  ...replaces(
    "the topics of snapshots or read models that are removed",
    "aggregates.*.snapshots",
    "aggregates.*.readModels",
  ),
};

const outbox: Changes = {
  ...entriesOf("the connector with its position in the database's log", "outbox"),
  ...inPlace(
    "outbox.schema",
    "outbox.table",
    "outbox.subjectColumn",
    "outbox.heartbeat",
    "outbox.database",
  ),
};

const apicurio: Changes = {
  ...renews("registry.namespace"),
  ...inPlace(
    "registry.database",
    "registry.replicas",
    "registry.image",
    "registry.clientNamespaces",
  ),
};

export const eventSourcingChanges = {
  aws: {
    ...aggregates,
    ...outbox,
    ...inPlace(
      "registry.compatibility",
      "outbox.user",
      "outbox.passwordSecret",
      "outbox.capacityUnits",
    ),
    ...renews("outbox.database", "outbox.plugin", "outbox.connectVersion"),
    ...losesBelow("older log entries", "logRetentionDays"),
  },
  gcp: { ...aggregates, ...outbox, ...apicurio, ...inPlace("outbox.vcpus", "outbox.memory") },
  onprem: {
    ...aggregates,
    ...outbox,
    ...apicurio,
    ...inPlace("outbox.user", "outbox.image", "outbox.passwordSecret", "outbox.replicas"),
  },
} as const satisfies Readonly<Record<string, Changes>>;
