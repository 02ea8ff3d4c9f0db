// Offsets come from this Node's time zone database. Does not prove anything about future changes.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DateTime } from "luxon";
import {
  type BusinessHours,
  businessHoursSchema,
  offsetsOf,
  type UtcWindow,
  utcWindows,
  weekdays,
} from "../../../components/core/schedule.ts";

const week = 7 * 24 * 60;

/** The minutes of a UTC week (0 is Monday 00:00) in which a window is open, written independently of the tested code. */
function openMinutes({ schedule, minutes }: UtcWindow): Set<number> {
  const [minute, hour, , , days] = schedule.split(" ");
  const open = new Set<number>();
  for (const day of days!.split(",").map(Number)) {
    const start = ((day + 6) % 7) * 1440 + Number(hour) * 60 + Number(minute);
    for (let i = 0; i < minutes; i++) open.add((start + i) % week);
  }
  return open;
}

function minuteOf(time: string): number {
  const [hour, minute] = time.split(":").map(Number);
  return hour! * 60 + minute!;
}

/** Whether this moment is in business hours, in local time. */
function atWork(hours: BusinessHours, moment: DateTime): boolean {
  const local = moment.setZone(hours.timeZone);
  const now = local.hour * 60 + local.minute;
  const [from, to] = [minuteOf(hours.from), minuteOf(hours.to)];
  const today = hours.days.includes(weekdays[local.weekday - 1]!);
  const yesterday = hours.days.includes(weekdays[(local.weekday + 5) % 7]!);
  if (to > from) return today && now >= from && now < to;
  return (today && now >= from) || (yesterday && now < to);
}

const zone = fc.constantFrom(
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "Asia/Seoul",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Pacific/Auckland",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
  "UTC",
);
const time = fc
  .tuple(fc.nat(23), fc.constantFrom(0, 15, 30, 59))
  .map(([h, m]) => `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`);
const hours: fc.Arbitrary<BusinessHours> = fc.record({
  timeZone: zone,
  days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
  from: time,
  to: time,
});

describe("windows in UTC", () => {
  test("every working minute of a year is in one", () => {
    fc.assert(
      fc.property(hours, fc.integer({ min: 2026, max: 2034 }), (given, year) => {
        const open = new Set(utcWindows(given).flatMap((window) => [...openMinutes(window)]));
        const start = DateTime.utc(year);
        // A step coprime to the hour, so that a year covers every minute of the week.
        for (let minute = 0; minute < 366 * 1440; minute += 97) {
          const moment = start.plus({ minutes: minute });
          if (!atWork(given, moment)) continue;
          const ofWeek = (moment.weekday - 1) * 1440 + moment.hour * 60 + moment.minute;
          assert.ok(open.has(ofWeek), `${moment.toISO()} is at work and not covered`);
        }
      }),
      { numRuns: 12 },
    );
  });

  test("they are longer than the hours by no more than daylight saving", () => {
    fc.assert(
      fc.property(hours, (given) => {
        const { min, max } = offsetsOf(given.timeZone);
        const worked = (minuteOf(given.to) - minuteOf(given.from) + 1440) % 1440 || 1440;
        for (const { minutes } of utcWindows(given)) assert.equal(minutes, worked + max - min);
      }),
    );
  });

  const office = { days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "18:00" } as const;
  for (const [timeZone, schedule, duration] of [
    ["Europe/Berlin", "0 6 * * 1,2,3,4,5", "11h"],
    ["America/New_York", "0 12 * * 1,2,3,4,5", "11h"],
    ["Asia/Seoul", "0 23 * * 0,1,2,3,4", "10h"],
    ["Asia/Kolkata", "30 2 * * 1,2,3,4,5", "10h"],
    ["Pacific/Auckland", "0 19 * * 0,1,2,3,4", "11h"],
  ] as const) {
    test(`office hours in ${timeZone} begin at ${schedule} and last ${duration}`, () => {
      assert.deepEqual(
        utcWindows({ timeZone, ...office }).map((w) => [w.schedule, w.duration]),
        [[schedule, duration]],
      );
    });
  }

  test("a late shift that ends after midnight in the west moves to the next day in UTC", () => {
    const [window] = utcWindows({
      timeZone: "America/Los_Angeles",
      days: ["sun"],
      from: "20:00",
      to: "02:00",
    });
    assert.deepEqual([window?.schedule, window?.duration], ["0 3 * * 1", "7h"]);
  });
});

describe("business hours in a manifest", () => {
  test("a time zone is enough", () => {
    assert.deepEqual(businessHoursSchema.parse({ timeZone: "Europe/Berlin" }), {
      timeZone: "Europe/Berlin",
      days: ["mon", "tue", "wed", "thu", "fri"],
      from: "08:00",
      to: "18:00",
    });
  });

  for (const [given, message] of [
    [{ timeZone: "Europe/Berlim" }, /did you mean "Europe\/Berlin"/],
    [{ timeZone: "CET+1" }, /IANA time zone/],
    [{ timeZone: "EST" }, /IANA time zone/],
    [{ timeZone: "UTC", from: "8:00" }, /time of day such as "08:00"/],
    [{ timeZone: "UTC", to: "24:00" }, /time of day/],
  ] as const) {
    test(`${JSON.stringify(given)} is rejected`, () => {
      assert.match(businessHoursSchema.safeParse(given).error?.issues[0]?.message ?? "", message);
    });
  }
});
