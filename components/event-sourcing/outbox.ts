import { seconds } from "../core/units.ts";
import type { Aggregates, Outbox } from "./aggregate-schema.ts";
import { heartbeatPrefix, outboxPrefix } from "./plan.ts";

/** Debezium reads one database in one task: more would do nothing. */
export const tasks = 1;

export const connectorClass = "io.debezium.connector.postgresql.PostgresConnector";

/**
 * What Debezium is told on every cloud; where the database is and how to sign in is the cloud's. Source of the names: Debezium
 * 3 documentation, "PostgreSQL connector" and "Outbox event router".
 *
 * Events keep the bytes that the service wrote; nothing is read into them on the way. Their key is the aggregate's id, so that
 * the events of one stay in order.
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
    // Rows are deleted as soon as they are written: their deletion is no event.
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

/** The type of an event, and whom it is about, travel as headers: readers need not open what they may not read. */
function headers({ subjectColumn }: Pick<Outbox, "subjectColumn">, aggregates: Aggregates): string {
  const personal = Object.values(aggregates).some(({ personalData }) => personalData !== undefined);
  return ["type:header:eventType", ...(personal ? [`${subjectColumn}:header:subject`] : [])].join(
    ",",
  );
}

/** Lower case letters, digits and underscores, 63 at most: PostgreSQL's names of replication slots. */
function slotName(database: string): string {
  return `outbox_${database}`.slice(0, 63);
}
