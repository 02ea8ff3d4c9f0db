import type { GcpEdition } from "./capacity.ts";

/** Maximum days of logs for point-in-time recovery: `transactionLogRetentionDays` of the Cloud SQL Admin API. */
const longestRetention: Readonly<Record<GcpEdition, number>> = {
  ENTERPRISE: 7,
  ENTERPRISE_PLUS: 35,
};

/** Why an edition cannot keep logs for this many days; undefined when it can. */
export function gcpEditionProblem(edition: GcpEdition, retentionDays: number): string | undefined {
  const longest = longestRetention[edition];
  return retentionDays <= longest
    ? undefined
    : `must be ENTERPRISE_PLUS for ${retentionDays} days of point-in-time recovery, or backups.retentionDays must be at most ${longest}`;
}
