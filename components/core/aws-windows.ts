/** Weekly and daily windows in UTC, in the format of RDS and ElastiCache. Pure. */
import type { Weekday } from "./schedule.ts";
import { weekdays } from "./schedule.ts";

/** An hour of every day: `02:00-03:00`. */
export function dailyHour(hour: number): string {
  return `${clock(hour)}-${clock(hour + 1)}`;
}

/** An hour of every week: `sun:04:00-sun:05:00`. */
export function weeklyHour(day: Weekday, hour: number): string {
  const end = hour === 23 ? dayAfter(day) : day;
  return `${day}:${clock(hour)}-${end}:${clock(hour + 1)}`;
}

function dayAfter(day: Weekday): Weekday {
  return weekdays[(weekdays.indexOf(day) + 1) % weekdays.length] ?? day;
}

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, "0")}:00`;
}
