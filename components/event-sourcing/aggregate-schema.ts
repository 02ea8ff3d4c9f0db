/** What a manifest says of an aggregate, whose events are kept; the same on every cloud. Defaults live only here. */
import { z } from "zod";
import { durationText, sizeText } from "../core/units.ts";
import { key } from "../stream/names.ts";
import { cleanups } from "../stream/topic-schema.ts";

/** How a person's data go from events that are kept. */
export const erasures = ["crypto-shredding", "tombstones", "expiry"] as const;

const personalData = z.strictObject({
  /**
   * `crypto-shredding`: what is personal is encrypted with a key of the person's own, whose loss erases it everywhere, backups
   * included. `tombstones`: the events are compacted, and a record without a value takes the older ones away. `expiry`: nothing
   * is kept for longer than an erasure may take.
   */
  erasure: z.enum(erasures),
});

const schemaOfEvents = z
  .strictObject({
    /** @default "AVRO" */
    format: z.enum(["AVRO", "JSON", "PROTOBUF"]).default("AVRO"),
    /** The schema itself, as text. */
    definition: z.string().min(2).max(170_000),
  })
  .superRefine(({ format, definition }, context) => {
    const message = definitionProblem(format, definition);
    if (message === undefined) return;
    context.addIssue({ code: "custom", path: ["definition"], input: definition, message });
  });

/** What every registry refuses at first sight. Schemas of Avro and of JSON Schema are both written in JSON. */
function definitionProblem(format: string, definition: string): string | undefined {
  if (format === "PROTOBUF") return undefined;
  try {
    const parsed = JSON.parse(definition) as { type?: unknown; name?: unknown } | null;
    return format === "AVRO" && parsed?.type === "record" && typeof parsed.name !== "string"
      ? 'must give its record a name, such as "Order"'
      : undefined;
  } catch {
    return `must be JSON, which schemas of format ${format} are written in`;
  }
}

export const aggregate = z.strictObject({
  /** Partitions of each of its topics. Adding some later moves keys, and with them the order of their events. @default 6 */
  partitions: z.int().min(1).max(1000).default(6),
  /** How long events are kept. @default "forever" */
  retention: z.union([durationText({ min: "1 hour" }), z.literal("forever")]).default("forever"),
  /** How events go. A stream that states are rebuilt from must not be compacted. @default "delete" */
  cleanup: z.enum(cleanups).default("delete"),
  /** Whether the events are evidence: append-only, and kept as long as the environment's frameworks demand. @default false */
  audit: z.boolean().default(false),
  /** What is expected to be written in a day; storage is checked with it. @default not checked */
  dailyVolume: sizeText().optional(),
  /** On AWS, how long events stay on the brokers' own disks; older ones are tiered. @default not tiered */
  localRetention: durationText({ min: "1 hour" }).optional(),
  /** Whether there is a compacted topic of its latest states. @default true */
  snapshots: z.boolean().default(true),
  /** Views that are kept of it, each a compacted topic. @default [] */
  readModels: z
    .array(key)
    .refine((given) => new Set(given).size === given.length, {
      error: "must name each read model once",
    })
    .default([]),
  /** How long events that could not be handled are kept. @default "14 days" */
  deadLetterRetention: durationText({ min: "1 day" }).default("14 days"),
  /** Whether events are about people, and how such data go. @default they are not */
  personalData: personalData.optional(),
  /** What events look like; the registry refuses changes that readers cannot follow. @default not registered here */
  schema: schemaOfEvents.optional(),
});

export type Aggregate = z.output<typeof aggregate>;
export type Aggregates = Readonly<Record<string, Aggregate>>;

const column = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/, {
  error: "must be a PostgreSQL name in lower case, of at most 63 characters",
});

/**
 * The outbox: a table that services write events to in the transaction of the change itself, and that a connector reads from
 * PostgreSQL's write-ahead log. Its columns are those of Debezium's outbox event router: `id`, `aggregatetype`, `aggregateid`,
 * `type` and `payload`.
 */
export const outboxFields = {
  /** Name of the database. */
  database: column,
  /** The role that the connector signs in as; it needs REPLICATION and SELECT on the table. @default "outbox" */
  user: column.default("outbox"),
  /** @default "public" */
  schema: column.default("public"),
  /** @default "outbox" */
  table: column.default("outbox"),
  /**
   * The column that names the person an event is about; where an aggregate has personal data it travels as the header
   * `subject`, so that the key can be found without opening the event. @default "subject"
   */
  subjectColumn: column.default("subject"),
  /** How often the connector reports where it is, so that PostgreSQL can let its log go. @default "10 seconds" */
  heartbeat: durationText({ min: "1 second", max: "10 minutes" }).default("10 seconds"),
};

const outbox = z.strictObject(outboxFields);
export type Outbox = z.output<typeof outbox>;

export const aggregates = {
  /** By name. @default {} */
  aggregates: z.record(key, aggregate).default({}),
};
