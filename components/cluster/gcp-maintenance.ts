/** From local maintenance hours to GKE's maintenance window. Pure. */
import { offsetsOf, type Weekday, weekdays } from "../core/schedule.ts";
import { type Duration, seconds } from "../core/units.ts";

/** Maintenance hours of a cluster in local time. */
export interface MaintenanceHours {
  readonly timeZone: string;
  readonly days: readonly Weekday[];
  /** `01:00` */
  readonly start: string;
  readonly duration: Duration;
}

/** `maintenancePolicy.recurringWindow` of a cluster: the first window in UTC, and its recurrence. */
export interface RecurringWindow {
  readonly startTime: string;
  readonly endTime: string;
  readonly recurrence: string;
}

const minutesADay = 24 * 60;
/** GKE counts only windows of at least 4 hours, and requires 48 hours of them in any 32 days. */
const leastMinutes = 4 * 60;
const leastMinutesIn32Days = 48 * 60;
/** Any 32 days hold every weekday at least this often. */
const weeksIn32Days = 4;
/** A Monday. GKE accepts windows that started in the past; a fixed date makes the result reproducible. */
const firstMonday = Date.UTC(2026, 0, 5);

/**
 * The weekly window in UTC that is inside these hours all year. GKE's windows have no time zone, so with daylight saving time
 * the window is shorter than the hours by the difference of the offsets.
 */
export function recurringWindow(hours: MaintenanceHours): RecurringWindow {
  const { start, minutes } = inUtc(hours);
  const days = hours.days
    .map((day) => weekdays.indexOf(day) + Math.floor(start / minutesADay))
    .map((day) => (day + weekdays.length) % weekdays.length)
    .sort((a, b) => a - b);
  const minuteOfDay = ((start % minutesADay) + minutesADay) % minutesADay;
  const begin = firstMonday + ((days[0] ?? 0) * minutesADay + minuteOfDay) * 60_000;
  return {
    startTime: rfc3339(begin),
    endTime: rfc3339(begin + minutes * 60_000),
    recurrence: `FREQ=WEEKLY;BYDAY=${days.map((day) => weekdays[day]?.slice(0, 2).toUpperCase()).join(",")}`,
  };
}

/** Why GKE would reject these hours, and the fix; undefined when it accepts them. */
export function maintenanceProblem(
  hours: MaintenanceHours,
): { readonly field: "duration" | "days"; readonly message: string } | undefined {
  const { minutes } = inUtc(hours);
  if (minutes < leastMinutes) {
    const lost = seconds(hours.duration) / 60 - minutes;
    const wanted = Math.ceil((leastMinutes + lost) / 60);
    return {
      field: "duration",
      message: `must be at least ${wanted} hours: clocks in ${hours.timeZone} change by ${lost} minutes, GKE's window is in UTC, and it must be at least 4 hours`,
    };
  }
  const available = minutes * hours.days.length * weeksIn32Days;
  if (available >= leastMinutesIn32Days) return undefined;
  const wanted = Math.ceil(leastMinutesIn32Days / (minutes * weeksIn32Days));
  return {
    field: "days",
    message: `must give GKE 48 hours in any 32 days, and give ${Math.floor(available / 60)}: name at least ${wanted} days, or increase duration`,
  };
}

/** The start in minutes after midnight UTC of the local day, and the minutes that are inside the hours at every offset. */
function inUtc({ timeZone, start, duration }: MaintenanceHours): {
  start: number;
  minutes: number;
} {
  const { min, max } = offsetsOf(timeZone);
  const local = Number(start.slice(0, 2)) * 60 + Number(start.slice(3));
  return { start: local - min, minutes: seconds(duration) / 60 - (max - min) };
}

function rfc3339(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}
