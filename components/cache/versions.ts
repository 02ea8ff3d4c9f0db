/**
 * The major versions of Valkey on each cloud. Sources, 2026-08: "Supported engines and versions" of the
 * ElastiCache user guide (8.2 is the newest of 8), "Supported versions" of Memorystore for Valkey, releases of valkey-io/valkey.
 */
import { z } from "zod";

export const awsVersions = { "8": { engineVersion: "8.2", family: "valkey8" } } as const;
export const gcpVersions = { "8": "VALKEY_8_0", "9": "VALKEY_9_0" } as const;
/** Tags of `docker.io/valkey/valkey`. */
export const onpremVersions = { "8": "8.1.9", "9": "9.1.1" } as const;

export const awsVersion = major(awsVersions, "ElastiCache");
export const gcpVersion = major(gcpVersions, "Memorystore");
export const onpremVersion = major(onpremVersions, "the chart");

/** A major version from the table, in quotes: YAML reads a bare 8 as a number. */
function major<Table extends object>(table: Table, service: string) {
  const known = Object.keys(table) as (keyof Table & string)[];
  const quoted = known.map((version) => `"${version}"`).join(" or ");
  return z.enum(known, {
    error: ({ input }) =>
      typeof input === "number"
        ? `must be in quotes: ${quoted}`
        : `must be a version that ${service} supports: ${quoted}`,
  });
}
