/** Pure: the hours in which Aurora backs up and patches, in the form of its API. */
import { backupHour } from "./base-schema.ts";
import type { AwsDatabaseSpec } from "./schema.ts";

export interface AwsWindows {
  /** `02:00-03:00` */
  readonly backup: string;
  /** `sun:04:00-sun:05:00` */
  readonly maintenance: string;
}

/** One hour each, in UTC, two hours apart: RDS refuses windows that overlap. */
export function awsWindows(spec: Pick<AwsDatabaseSpec, "maintenance">): AwsWindows {
  const { day, hour } = spec.maintenance;
  const backup = backupHour(spec);
  return {
    backup: `${clock(backup)}-${clock(backup + 1)}`,
    maintenance: `${day}:${clock(hour)}-${hour === 23 ? dayAfter[day] : day}:${clock(hour + 1)}`,
  };
}

const dayAfter = {
  mon: "tue",
  tue: "wed",
  wed: "thu",
  thu: "fri",
  fri: "sat",
  sat: "sun",
  sun: "mon",
} as const;

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, "0")}:00`;
}
