import type { GcpEdition } from "./capacity.ts";

/** Days of logs for point-in-time recovery at most: `transactionLogRetentionDays` of the Cloud SQL Admin API. */
const longestRetention: Readonly<Record<GcpEdition, number>> = {
  ENTERPRISE: 7,
  ENTERPRISE_PLUS: 35,
};

/** Why an edition cannot go back so many days; undefined when it can. */
export function gcpEditionProblem(edition: GcpEdition, retentionDays: number): string | undefined {
  const longest = longestRetention[edition];
  return retentionDays <= longest
    ? undefined
    : `must be ENTERPRISE_PLUS to go back ${retentionDays} days, or backups.retentionDays at most ${longest}`;
}
