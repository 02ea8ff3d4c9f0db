/** The settings of an aggregate, the same on every cloud. Defaults live only here. */
import { z } from "zod";
import { durationText, sizeText } from "../core/units.ts";
import { key } from "../stream/names.ts";
import { cleanups } from "../stream/topic-schema.ts";

/** How personal data is erased from events. */
export const erasures = ["crypto-shredding", "tombstones", "expiry"] as const;

const personalData = z.strictObject({
  /**
   * `crypto-shredding`: personal data is encrypted with a key per person; deleting the key erases the data everywhere, backups
   * included. `tombstones`: events are compacted, and a record without a value deletes the older ones. `expiry`: events expire
   * within the time allowed for an erasure.
   */
  erasure: z.enum(erasures),
});

const schemaOfEvents = z
  .strictObject({
    /** @default "AVRO" */
    format: z.enum(["AVRO", "JSON", "PROTOBUF"]).default("AVRO"),
    /** The schema as a string. */
    definition: z.string().min(2).max(170_000),
  })
  .superRefine(({ format, definition }, context) => {
    const message = definitionProblem(format, definition);
    if (message === undefined) return;
    context.addIssue({ code: "custom", path: ["definition"], input: definition, message });
  });

/** What every registry rejects. Avro and JSON Schema are both JSON. */
function definitionProblem(format: string, definition: string): string | undefined {
  if (format === "PROTOBUF") return undefined;
  try {
    const parsed = JSON.parse(definition) as { type?: unknown; name?: unknown } | null;
    return format === "AVRO" && parsed?.type === "record" && typeof parsed.name !== "string"
      ? 'must name its record, for example "Order"'
      : undefined;
  } catch {
    return `must be JSON, the notation of schemas in format ${format}`;
  }
}

export const aggregate = z.strictObject({
  /**
   * Partitions of each of its topics. Adding partitions later assigns keys to other partitions and breaks the order of their
   * events. @default 6
   */
  partitions: z.int().min(1).max(1000).default(6),
  /** How long events are kept. @default "forever" */
  retention: z.union([durationText({ min: "1 hour" }), z.literal("forever")]).default("forever"),
  /** Cleanup policy of events. Do not compact events that states are rebuilt from. @default "delete" */
  cleanup: z.enum(cleanups).default("delete"),
  /** Whether the events are evidence: append-only, and kept as long as the environment's frameworks require. @default false */
  audit: z.boolean().default(false),
  /** Expected volume of writes per day, to check the storage. @default not checked */
  dailyVolume: sizeText().optional(),
  /** On AWS, how long events stay on the brokers' own disks; older ones are tiered. @default not tiered */
  localRetention: durationText({ min: "1 hour" }).optional(),
  /** Whether to create a compacted topic of its latest states. @default true */
  snapshots: z.boolean().default(true),
  /** Read models, each a compacted topic. @default [] */
  readModels: z
    .array(key)
    .refine((given) => new Set(given).size === given.length, {
      error: "must name each read model once",
    })
    .default([]),
  /** How long events that could not be processed are kept. @default "14 days" */
  deadLetterRetention: durationText({ min: "1 day" }).default("14 days"),
  /** How personal data in events is erased. @default no personal data */
  personalData: personalData.optional(),
  /** Schema of the events; the registry rejects incompatible changes. @default not registered here */
  schema: schemaOfEvents.optional(),
});

export type Aggregate = z.output<typeof aggregate>;
export type Aggregates = Readonly<Record<string, Aggregate>>;

const column = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/, {
  error: "must be a PostgreSQL name in lower case, of at most 63 characters",
});

/**
 * The outbox: services write events to this table in the same transaction as the change, and a connector reads them from
 * PostgreSQL's write-ahead log. Its columns are those of Debezium's outbox event router: `id`, `aggregatetype`, `aggregateid`,
 * `type` and `payload`.
 */
export const outboxFields = {
  /** Name of the database. */
  database: column,
  /**
   * The database role of the connector. It needs LOGIN and REPLICATION (`rds_replication` on AWS), USAGE on the schema and SELECT on
   * the table. To create the publication of the table it also needs CREATE on the database and must own the table: create a group
   * role, make it the owner of the table, and grant it to the connector's role and to the role of the service.
   *
   * @default "outbox"
   */
  user: column.default("outbox"),
  /** @default "public" */
  schema: column.default("public"),
  /** @default "outbox" */
  table: column.default("outbox"),
  /**
   * The column with the person that an event is about. When an aggregate has personal data, it becomes the header `subject`, so
   * that consumers find the key without decrypting the event. @default "subject"
   */
  subjectColumn: column.default("subject"),
  /** How often the connector confirms its position, so that PostgreSQL can delete old write-ahead logs. @default "10 seconds" */
  heartbeat: durationText({ min: "1 second", max: "10 minutes" }).default("10 seconds"),
  /**
   * Whether the connector is stopped, for a major upgrade of the database. Its topics stay, and events wait in the write-ahead log as
   * long as the replication slot exists. @default false
   */
  paused: z.boolean().default(false),
};

const outbox = z.strictObject(outboxFields);
export type Outbox = z.output<typeof outbox>;

export const aggregates = {
  /** Aggregates by name. @default {} */
  aggregates: z.record(key, aggregate).default({}),
};
