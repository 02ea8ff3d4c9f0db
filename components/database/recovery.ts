/** Data loss and downtime by cloud, which a manifest's objectives are checked against. Pure. */
import type { Cloud } from "../core/cloud.ts";
import { type Duration, seconds } from "../core/units.ts";

/** The recovery capabilities of a database. */
export interface Recovery {
  /** Loss of a zone, or of the primary's machine. */
  readonly zoneLoss: {
    /** None: every commit is in a second zone before it is acknowledged. */
    readonly dataLoss: "none";
    readonly interruption: Duration;
  };
  /** Loss or corruption of all copies: a backup is restored. The duration grows with the amount of data. */
  readonly restore: {
    /** Maximum age of data that is not in the backup yet. */
    readonly dataLoss: Duration;
    /** Days that point-in-time recovery covers. */
    readonly days: number;
  };
}

/**
 * Sources. Aurora: failover to a reader "typically within 60 seconds", restorable "up to the last 5 minutes" (Aurora user guide,
 * "High availability" and "Backups"). Cloud SQL: failover in "approximately 60 seconds", logs archived "every 5 minutes or less"
 * (Cloud SQL for PostgreSQL, "High availability" and "Point-in-time recovery"). CloudNativePG: quorum of synchronous standbys;
 * `archive_timeout` of 5 minutes is its default; an unreachable node fails over after about a minute.
 */
const mechanisms: Readonly<Record<Cloud, { interruption: Duration; dataLoss: Duration }>> = {
  aws: { interruption: "1 minute", dataLoss: "5 minutes" },
  gcp: { interruption: "1 minute", dataLoss: "5 minutes" },
  onprem: { interruption: "2 minutes", dataLoss: "5 minutes" },
};

export function recoveryOf(cloud: Cloud, days: number): Recovery {
  const { interruption, dataLoss } = mechanisms[cloud];
  return {
    zoneLoss: { dataLoss: "none", interruption },
    restore: { dataLoss, days },
  };
}

/** The recovery objectives of a database. */
export interface Objectives {
  /** Maximum data loss after a restore (recovery point objective). */
  readonly rpo?: Duration | undefined;
  /** Maximum downtime after the loss of a zone (recovery time objective). */
  readonly rto?: Duration | undefined;
}

export interface ObjectiveProblem {
  readonly field: keyof Objectives;
  readonly message: string;
}

/** Objectives that the cloud cannot meet. */
export function objectiveProblems(cloud: Cloud, { rpo, rto }: Objectives): ObjectiveProblem[] {
  const { interruption, dataLoss } = mechanisms[cloud];
  return [
    ...(rpo !== undefined && seconds(rpo) < seconds(dataLoss)
      ? [
          {
            field: "rpo" as const,
            message: `must be at least ${dataLoss}: the maximum lag of the archive of write-ahead logs`,
          },
        ]
      : []),
    ...(rto !== undefined && seconds(rto) < seconds(interruption)
      ? [
          {
            field: "rto" as const,
            message: `must be at least ${interruption}: the duration of a failover to another zone`,
          },
        ]
      : []),
  ];
}
