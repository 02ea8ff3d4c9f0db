/** The settings of databases on all clouds. */
import { z } from "zod";
import type { Cloud } from "../core/cloud.ts";
import { replicateTo } from "../core/replicate-to.ts";
import { weekdays } from "../core/schedule.ts";
import { durationText } from "../core/units.ts";
import { connectionsProblem, sizes } from "./capacity.ts";
import { budgetProblem } from "./connection-budget.ts";
import { objectiveProblems } from "./recovery.ts";
import { postgresMajor } from "./versions.ts";

/** Names that PostgreSQL or one of the clouds reserves. */
const taken = [
  "postgres",
  "template0",
  "template1",
  "rdsadmin",
  "cloudsqladmin",
  "streaming_replica",
];

/** An unquoted identifier of PostgreSQL. */
export const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, {
    error: "must be 1 to 63 lower case letters, digits and underscores, starting with a letter",
  })
  .refine((name) => !taken.includes(name), {
    error: `must not be a reserved name: ${taken.join(", ")}`,
  });

/** The fields of `database` on every cloud. */
export const databaseFields = {
  /** Major version of PostgreSQL. Changing it does not upgrade an existing database: see `upgrade`. @default "17" */
  version: postgresMajor.default("17"),
  /**
   * A major version upgrade and its approval. The database is unavailable while it runs, and it cannot be reverted. Afterwards
   * remove this field and set `version` to the new major version.
   *
   * @default none
   */
  upgrade: z
    .strictObject({
      /** The target major version. */
      to: postgresMajor,
      /** Who approved it. */
      approvedBy: z.string().min(1),
      /** Where the approval and the rehearsal on a copy are recorded. */
      change: z.string().min(1),
    })
    .optional(),
  /** Capacity of the database; see the table of sizes. @default "small" */
  size: z.enum(sizes).default("small"),
  /** Concurrent connections that clients need; rejected when the size supports fewer. @default the limit of the size */
  connections: z.int().min(1).optional(),
  /** Name of the first database. @default "app" */
  databaseName: identifier.default("app"),
  backups: z
    .strictObject({
      /** Days that backups and logs for point-in-time recovery are kept. @default 35 */
      retentionDays: z.int().min(7).max(35).default(35),
    })
    .prefault({}),
  /** Recovery objectives; rejected when the cloud cannot meet them. @default what the cloud provides */
  objectives: z
    .strictObject({
      /** Maximum data loss after a restore (recovery point objective). */
      rpo: durationText({ max: "1 day" }).optional(),
      /** Maximum downtime after the loss of a zone (recovery time objective). */
      rto: durationText({ max: "1 day" }).optional(),
    })
    .prefault({}),
  /** The cell of the same cloud that the whole database is replicated to, for failover. @default none */
  replicateTo: replicateTo.optional(),
  /** The weekly hour in which the cloud may patch, in UTC. Daily backups start two hours earlier. */
  maintenance: z
    .strictObject({
      /** @default "sun" */
      day: z.enum(weekdays).default("sun"),
      /** @default 4 */
      hour: z.int().min(0).max(23).default(4),
    })
    .prefault({}),
};

/** What other sections of the cell require of its database. */
export const askedFields = {
  /**
   * Whether connectors read changes from the write-ahead log, as an outbox does. Changing it requires a restart. @default false
   */
  logicalReplication: z.boolean().default(false),
  /** Whether a connector has a logical replication slot, which a major upgrade would lose. @default false */
  logicalSlot: z.boolean().default(false),
  /** Whether tenants of the cell have databases in it. @default false */
  tenants: z.boolean().default(false),
  /** Connections of other services of the cell that connect without a pool. @default [] */
  otherConnections: z
    .array(z.strictObject({ what: z.string().min(1), connections: z.int().min(1) }))
    .default([]),
};

type Fields = z.output<z.ZodObject<typeof databaseFields>>;
type Asked = z.output<z.ZodObject<typeof askedFields>>;

/** Checks across fields. */
export function refineDatabase(cloud: Cloud) {
  return (settings: Fields & Partial<Asked>, context: z.core.$RefinementCtx<unknown>): void => {
    const { version, upgrade, size, connections, objectives } = settings;
    const report = (path: string[], input: unknown, message: string): void => {
      context.addIssue({ code: "custom", path, input, message });
    };
    if (upgrade !== undefined && Number(upgrade.to) <= Number(version)) {
      report(
        ["upgrade", "to"],
        upgrade.to,
        `must be later than version "${version}"; when the upgrade is done, remove \`upgrade\``,
      );
    }
    if (upgrade !== undefined && settings.logicalSlot) {
      report(["upgrade"], upgrade.to, slotFirst);
    }
    const tooMany =
      connections === undefined ? undefined : connectionsProblem(cloud, size, connections);
    if (tooMany !== undefined) report(["connections"], connections, tooMany);
    const overBudget = budgetProblem(cloud, size, connections, settings.otherConnections ?? []);
    if (tooMany === undefined && overBudget !== undefined) report(["size"], size, overBudget);
    for (const { field, message } of objectiveProblems(cloud, objectives)) {
      report(["objectives", field], objectives[field], message);
    }
  };
}

/** The order that loses no event. Sources: the upgrade guides of RDS, Aurora and Cloud SQL; pg_upgrade for earlier releases than 17. */
const slotFirst =
  "must wait until the outbox is paused: an upgrade is refused, or loses events, while a logical replication slot exists. Stop the services that write to the outbox; wait until the connector has read everything; set eventSourcing.outbox.paused and deploy; drop the slot with pg_drop_replication_slot; upgrade; then remove `paused` and `upgrade`, deploy, and start the services when the connector runs";

/** The wanted major version: the one of an approved upgrade, else `version`. */
export function wantedMajor({ version, upgrade }: Pick<Fields, "version" | "upgrade">) {
  return upgrade?.to ?? version;
}

/** The hour at which daily backups start, in UTC. */
export function backupHour({ maintenance }: Pick<Fields, "maintenance">): number {
  return (maintenance.hour + 22) % 24;
}
