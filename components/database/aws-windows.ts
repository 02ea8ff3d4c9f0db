/** The backup and maintenance windows of Aurora. Pure. */
import { dailyHour, weeklyHour } from "../core/aws-windows.ts";
import { backupHour } from "./base-schema.ts";
import type { AwsDatabaseSpec } from "./schema.ts";

export interface AwsWindows {
  readonly backup: string;
  readonly maintenance: string;
}

/** One hour each, in UTC, two hours apart: RDS rejects windows that overlap. */
export function awsWindows(spec: Pick<AwsDatabaseSpec, "maintenance">): AwsWindows {
  const { day, hour } = spec.maintenance;
  return { backup: dailyHour(backupHour(spec)), maintenance: weeklyHour(day, hour) };
}
