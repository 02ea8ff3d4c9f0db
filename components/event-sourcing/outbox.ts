import { seconds } from "../core/units.ts";
import type { Aggregates, Outbox } from "./aggregate-schema.ts";
import { heartbeatPrefix, outboxPrefix } from "./plan.ts";

/** Debezium reads one database with one task; more have no effect. */
export const tasks = 1;

export const connectorClass = "io.debezium.connector.postgresql.PostgresConnector";

/**
 * Debezium's configuration on every cloud; the database host and authentication depend on the cloud. Source of the names:
 * Debezium 3 documentation, "PostgreSQL connector" and "Outbox event router".
 *
 * Events keep the bytes that the service wrote, without conversion. Their key is the aggregate's id, so that its events stay in
 * order.
 */
export function outboxConfig(
  outbox: Omit<Outbox, "user">,
  aggregates: Aggregates,
): Record<string, string> {
  const { database, schema, table, heartbeat } = outbox;
  return {
    "plugin.name": "pgoutput",
    "topic.prefix": outboxPrefix,
    "database.dbname": database,
    "table.include.list": `${schema}.${table}`,
    "slot.name": slotName(database),
    "publication.name": slotName(database),
    "publication.autocreate.mode": "filtered",
    // Services delete rows right after writing them: deletions are not events.
    "tombstones.on.delete": "false",
    "snapshot.mode": "no_data",
    "heartbeat.interval.ms": String(seconds(heartbeat) * 1000),
    "topic.heartbeat.prefix": heartbeatPrefix,
    "key.converter": "org.apache.kafka.connect.storage.StringConverter",
    "value.converter": "io.debezium.converters.BinaryDataConverter",
    "value.converter.delegate.converter.type": "org.apache.kafka.connect.json.JsonConverter",
    "value.converter.delegate.converter.type.schemas.enable": "false",
    transforms: "outbox",
    "transforms.outbox.type": "io.debezium.transforms.outbox.EventRouter",
    "transforms.outbox.route.by.field": "aggregatetype",
    "transforms.outbox.route.topic.replacement": `\${routedByValue}.events`,
    "transforms.outbox.table.op.invalid.behavior": "error",
    "transforms.outbox.table.fields.additional.placement": headers(outbox, aggregates),
  };
}

/** The type of an event and the person it is about are headers, so that consumers need not decrypt the event. */
function headers({ subjectColumn }: Pick<Outbox, "subjectColumn">, aggregates: Aggregates): string {
  const personal = Object.values(aggregates).some(({ personalData }) => personalData !== undefined);
  return ["type:header:eventType", ...(personal ? [`${subjectColumn}:header:subject`] : [])].join(
    ",",
  );
}

/** PostgreSQL's names of replication slots: lower case letters, digits and underscores, at most 63. */
function slotName(database: string): string {
  return `outbox_${database}`.slice(0, 63);
}
