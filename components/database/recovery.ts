/** What may be lost and for how long, by mechanism. Pure: objectives of a manifest are checked against it. */
import type { Cloud } from "../core/cloud.ts";
import { type Duration, seconds } from "../core/units.ts";

/** What a database promises. */
export interface Recovery {
  /** A zone, or the machine of the primary, is gone. */
  readonly zoneLoss: {
    /** Nothing: every commit is in a second zone before it is acknowledged. */
    readonly dataLoss: "none";
    readonly interruption: Duration;
  };
  /** All copies are gone or wrong; a backup is restored. How long that takes grows with the data. */
  readonly restore: {
    /** Data written last, at most, that is not in the backup yet. */
    readonly dataLoss: Duration;
    /** Days back that one can go, to any second of them. */
    readonly days: number;
  };
}

/**
 * Sources. Aurora: failover to a reader "typically within 60 seconds", restorable "up to the last 5 minutes" (Aurora user guide,
 * "High availability" and "Backups"). Cloud SQL: failover in "approximately 60 seconds", logs archived "every 5 minutes or less"
 * (Cloud SQL for PostgreSQL, "High availability" and "Point-in-time recovery"). CloudNativePG: quorum of synchronous standbys;
 * `archive_timeout` of 5 minutes is its default; an unreachable node is given up after about a minute.
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

/** What the users of a database can bear. */
export interface Objectives {
  /** Data that may be missing after a restore. */
  readonly rpo?: Duration | undefined;
  /** How long a lost zone may keep the database away. */
  readonly rto?: Duration | undefined;
}

export interface ObjectiveProblem {
  readonly field: keyof Objectives;
  readonly message: string;
}

/** Objectives that the mechanisms of the cloud cannot meet. */
export function objectiveProblems(cloud: Cloud, { rpo, rto }: Objectives): ObjectiveProblem[] {
  const { interruption, dataLoss } = mechanisms[cloud];
  return [
    ...(rpo !== undefined && seconds(rpo) < seconds(dataLoss)
      ? [
          {
            field: "rpo" as const,
            message: `must be at least ${dataLoss}: what the archive of write-ahead logs may lag behind`,
          },
        ]
      : []),
    ...(rto !== undefined && seconds(rto) < seconds(interruption)
      ? [
          {
            field: "rto" as const,
            message: `must be at least ${interruption}: what a failover to another zone takes`,
          },
        ]
      : []),
  ];
}
