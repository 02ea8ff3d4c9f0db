/** Pure: local maintenance hours to the window that GKE takes. */
import { offsetsOf, type Weekday, weekdays } from "../core/schedule.ts";
import { type Duration, seconds } from "../core/units.ts";

/** Hours in which a cluster may be worked on, as the clocks of a place show them. */
export interface MaintenanceHours {
  readonly timeZone: string;
  readonly days: readonly Weekday[];
  /** `01:00` */
  readonly start: string;
  readonly duration: Duration;
}

/** `maintenancePolicy.recurringWindow` of a cluster: the first window in UTC, and how it comes back. */
export interface RecurringWindow {
  readonly startTime: string;
  readonly endTime: string;
  readonly recurrence: string;
}

const minutesADay = 24 * 60;
/** GKE counts only windows of at least 4 hours, and asks for 48 hours of them in any 32 days. */
const leastMinutes = 4 * 60;
const leastMinutesIn32Days = 48 * 60;
/** Any 32 days hold every weekday at least this often. */
const weeksIn32Days = 4;
/** A Monday. GKE takes windows that began in the past; a fixed one gives the same answer on every day. */
const firstMonday = Date.UTC(2026, 0, 5);

/**
 * The weekly window in UTC that lies inside these hours all year round. GKE's windows know no time zones, so where clocks change
 * it is shorter than the hours by that difference.
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

/** Why GKE would not take these hours, and what would be right; undefined when it would. */
export function maintenanceProblem(
  hours: MaintenanceHours,
): { readonly field: "duration" | "days"; readonly message: string } | undefined {
  const { minutes } = inUtc(hours);
  if (minutes < leastMinutes) {
    const lost = seconds(hours.duration) / 60 - minutes;
    const wanted = Math.ceil((leastMinutes + lost) / 60);
    return {
      field: "duration",
      message: `must be at least ${wanted} hours: clocks in ${hours.timeZone} change by ${lost} minutes, GKE's window is in UTC, and it takes none shorter than 4 hours`,
    };
  }
  const available = minutes * hours.days.length * weeksIn32Days;
  if (available >= leastMinutesIn32Days) return undefined;
  const wanted = Math.ceil(leastMinutesIn32Days / (minutes * weeksIn32Days));
  return {
    field: "days",
    message: `must leave GKE 48 hours in any 32 days, and leave ${Math.floor(available / 60)}: name at least ${wanted}, or lengthen duration`,
  };
}

/** Start in minutes after the local day's midnight in UTC, and the minutes that are inside the hours at every offset. */
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
