import { z } from "zod";

/** The supported major versions of PostgreSQL. */
interface Major {
  /** The earliest last day of standard support among the three clouds. */
  readonly endOfSupport: string;
  /** Image of CloudNativePG: PostgreSQL with pgAudit, on Debian 13. The same distribution for all, which upgrades require. */
  readonly image: string;
}

/**
 * The major versions that a manifest may name; the cloud chooses the minor version, except on-premises. Aurora offered 16.13,
 * 17.9 and 18.3 on 2026-08-22; Cloud SQL has all three as `POSTGRES_<major>`.
 *
 * Sources: "Release calendars for Aurora PostgreSQL", "Versioning policy" of postgresql.org, both as collected by endoflife.date;
 * image tags of cloudnative-pg/postgres-containers.
 */
export const majors = {
  "16": {
    endOfSupport: "2028-11-09",
    image: "ghcr.io/cloudnative-pg/postgresql:16.14-standard-trixie",
  },
  "17": {
    endOfSupport: "2029-11-08",
    image: "ghcr.io/cloudnative-pg/postgresql:17.10-standard-trixie",
  },
  "18": {
    endOfSupport: "2030-11-14",
    image: "ghcr.io/cloudnative-pg/postgresql:18.4-standard-trixie",
  },
} as const satisfies Record<string, Major>;

export type PostgresMajor = keyof typeof majors;

export const majorNames = Object.keys(majors) as PostgresMajor[];

/** A major version from the table, in quotes: YAML reads a bare 17 as a number. */
export const postgresMajor = z.enum(majorNames, {
  error: ({ input }) =>
    typeof input === "number"
      ? `must be in quotes, and one of the supported major versions: ${quoted()}`
      : `must be a supported major version: ${quoted()}`,
});

function quoted(): string {
  return majorNames.map((major) => `"${major}"`).join(", ");
}
