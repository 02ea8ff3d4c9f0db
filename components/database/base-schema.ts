/** What the databases of all clouds may be told. */
import { z } from "zod";
import type { Cloud } from "../core/cloud.ts";
import { replicateTo } from "../core/replicate-to.ts";
import { weekdays } from "../core/schedule.ts";
import { durationText } from "../core/units.ts";
import { connectionsProblem, sizes } from "./capacity.ts";
import { objectiveProblems } from "./recovery.ts";
import { postgresMajor } from "./versions.ts";

/** Names that PostgreSQL or one of the clouds has taken. */
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
    error: `must not be one of the names that are taken: ${taken.join(", ")}`,
  });

/** The fields that a manifest writes below `database:` on every cloud. */
export const databaseFields = {
  /** Major version of PostgreSQL. Changing it alone changes nothing that stands: see `upgrade`. @default "17" */
  version: postgresMajor.default("17"),
  /**
   * A major upgrade, and who approved it: the database goes down while it runs, and there is no way back. When it is done, take
   * this away and write the new major into `version`.
   *
   * @default none
   */
  upgrade: z
    .strictObject({
      /** The major to go to. */
      to: postgresMajor,
      /** Who approved it. */
      approvedBy: z.string().min(1),
      /** Where the approval and the rehearsal on a copy are recorded. */
      change: z.string().min(1),
    })
    .optional(),
  /** What the database can hold; see the table of sizes. @default "small" */
  size: z.enum(sizes).default("small"),
  /** Connections that clients need at once; refused when the size takes fewer. @default whatever the size takes */
  connections: z.int().min(1).optional(),
  /** Name of the first database. @default "app" */
  databaseName: identifier.default("app"),
  backups: z
    .strictObject({
      /** Days back that one can go, to any second. @default 35 */
      retentionDays: z.int().min(7).max(35).default(35),
    })
    .prefault({}),
  /** What users can bear; refused when the cloud cannot do it. @default what the cloud does */
  objectives: z
    .strictObject({
      /** Data that may be missing after a restore. */
      rpo: durationText({ max: "1 day" }).optional(),
      /** How long a lost zone may keep the database away. */
      rto: durationText({ max: "1 day" }).optional(),
    })
    .prefault({}),
  /** Where the whole database is followed, so that it can take over there: a cell of the same cloud. @default nowhere */
  replicateTo: replicateTo.optional(),
  /** The hour of the week in which the cloud may patch, in UTC. Backups start two hours before, every day. */
  maintenance: z
    .strictObject({
      /** @default "sun" */
      day: z.enum(weekdays).default("sun"),
      /** @default 4 */
      hour: z.int().min(0).max(23).default(4),
    })
    .prefault({}),
};

type Fields = z.output<z.ZodObject<typeof databaseFields>>;

/** What no field can say alone. */
export function refineDatabase(cloud: Cloud) {
  return (settings: Fields, context: z.core.$RefinementCtx<unknown>): void => {
    const { version, upgrade, size, connections, objectives } = settings;
    const report = (path: string[], input: unknown, message: string): void => {
      context.addIssue({ code: "custom", path, input, message });
    };
    if (upgrade !== undefined && Number(upgrade.to) <= Number(version)) {
      report(
        ["upgrade", "to"],
        upgrade.to,
        `must be later than version "${version}"; when the upgrade is done, take \`upgrade\` away`,
      );
    }
    const tooMany =
      connections === undefined ? undefined : connectionsProblem(cloud, size, connections);
    if (tooMany !== undefined) report(["connections"], connections, tooMany);
    for (const { field, message } of objectiveProblems(cloud, objectives)) {
      report(["objectives", field], objectives[field], message);
    }
  };
}

/** The major that shall run: the one of an approved upgrade, else the stated one. */
export function wantedMajor({ version, upgrade }: Pick<Fields, "version" | "upgrade">) {
  return upgrade?.to ?? version;
}

/** The hour at which daily backups start, in UTC. */
export function backupHour({ maintenance }: Pick<Fields, "maintenance">): number {
  return (maintenance.hour + 22) % 24;
}
