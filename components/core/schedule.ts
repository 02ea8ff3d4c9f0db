import { DateTime, IANAZone } from "luxon";
import { z } from "zod";
import { didYouMean } from "./suggest.ts";
import { goDurationOf } from "./units.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** Weekly business hours in local time. */
export interface BusinessHours {
  /** An IANA time zone, for example `Europe/Berlin`. */
  readonly timeZone: string;
  readonly days: readonly Weekday[];
  /** `08:00` */
  readonly from: string;
  /** `18:00`; when not later than `from`, it is on the next day. */
  readonly to: string;
}

/** A weekly window in UTC. */
export interface UtcWindow {
  /** Five cron fields, for example `0 6 * * 1,2,3,4,5`. */
  readonly schedule: string;
  /** As a Go duration, for example `11h`. */
  readonly duration: string;
  readonly minutes: number;
}

const minutesADay = 24 * 60;
const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
const clockText = z.string().regex(clock, { error: 'must be a time of day such as "08:00"' });

export const timeZoneText = z.string().superRefine((zone, context) => {
  if (isIanaZone(zone)) return;
  context.addIssue({
    code: "custom",
    message: `must be an IANA time zone such as "Europe/Berlin"${didYouMean(zone, Intl.supportedValuesOf("timeZone"), { list: false })}`,
    input: zone,
  });
});

export const businessHoursSchema = z.strictObject({
  /** An IANA time zone, for example `Europe/Berlin`. */
  timeZone: timeZoneText,
  /** @default Monday to Friday */
  days: z.array(z.enum(weekdays)).min(1).default(["mon", "tue", "wed", "thu", "fri"]),
  /** @default "08:00" */
  from: clockText.default("08:00"),
  /** When not later than `from`, it is on the next day. @default "18:00" */
  to: clockText.default("18:00"),
});

/**
 * The weekly windows in UTC that cover these hours all year. With daylight saving time, a window spans both offsets: it starts
 * at the larger offset from UTC and ends at the smaller one. It is longer than the hours by the difference of the offsets.
 *
 * Offsets come from the time zone database for ten years; they do not depend on the day of the deployment.
 */
export function utcWindows(hours: BusinessHours): UtcWindow[] {
  const { min, max } = offsetsOf(hours.timeZone);
  const from = minuteOf(hours.from);
  const to = minuteOf(hours.to) > from ? minuteOf(hours.to) : minuteOf(hours.to) + minutesADay;
  const start = from - max;
  const minutes = to - min - start;
  const shift = Math.floor(start / minutesADay);
  const ofDay = start - shift * minutesADay;
  const cronDays = [...new Set(hours.days)]
    .map((day) => (weekdays.indexOf(day) + 1 + shift + 7) % 7)
    .sort((a, b) => a - b);
  return [
    {
      schedule: `${ofDay % 60} ${Math.floor(ofDay / 60)} * * ${cronDays.join(",")}`,
      duration: goDurationOf(minutes * 60),
      minutes,
    },
  ];
}

const firstYear = 2026;
const years = 10;

/** The smallest and the largest offset from UTC in minutes, sampled weekly (no zone changes its offset more often). */
export function offsetsOf(timeZone: string): { min: number; max: number } {
  const zone = IANAZone.create(timeZone);
  const begin = DateTime.utc(firstYear).toMillis();
  const week = 7 * minutesADay * 60_000;
  const offsets = Array.from({ length: years * 53 }, (_, i) => zone.offset(begin + i * week));
  return { min: Math.min(...offsets), max: Math.max(...offsets) };
}

function isIanaZone(zone: string): boolean {
  return (zone.includes("/") || zone === "UTC") && IANAZone.isValidZone(zone);
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
