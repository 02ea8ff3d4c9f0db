/** Does not prove anything about future changes of time zone rules. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DateTime } from "luxon";
import {
  type MaintenanceHours,
  maintenanceProblem,
  recurringWindow,
} from "../../../components/cluster/gcp-maintenance.ts";
import { weekdays } from "../../../components/core/schedule.ts";

const berlin: MaintenanceHours = {
  timeZone: "Europe/Berlin",
  days: ["mon", "tue", "wed", "thu"],
  start: "01:00",
  duration: "5 hours",
};

const hours = fc.record({
  timeZone: fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Seoul",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "Australia/Lord_Howe",
  ),
  days: fc.subarray([...weekdays], { minLength: 3 }),
  start: fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => [hour, minute].map((n) => String(n).padStart(2, "0")).join(":")),
  duration: fc.integer({ min: 5, max: 12 }).map((n) => `${n} hours` as const),
});

describe("maintenance window", () => {
  test("in UTC it is the hours themselves", () => {
    assert.deepEqual(recurringWindow({ ...berlin, timeZone: "UTC" }), {
      startTime: "2026-01-05T01:00:00Z",
      endTime: "2026-01-05T06:00:00Z",
      recurrence: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH",
    });
  });

  test("with daylight saving time it is the intersection of winter and summer", () => {
    assert.deepEqual(recurringWindow(berlin), {
      startTime: "2026-01-05T00:00:00Z",
      endTime: "2026-01-05T04:00:00Z",
      recurrence: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH",
    });
  });

  test("east of Greenwich the days move back", () => {
    assert.deepEqual(recurringWindow({ ...berlin, timeZone: "Asia/Seoul" }), {
      startTime: "2026-01-05T16:00:00Z",
      endTime: "2026-01-05T21:00:00Z",
      recurrence: "FREQ=WEEKLY;BYDAY=MO,TU,WE,SU",
    });
  });

  test("every window of the next years is inside the local hours of a named day", () => {
    fc.assert(
      fc.property(hours, fc.integer({ min: 0, max: 400 }), (given, week) => {
        if (maintenanceProblem(given) !== undefined) return;
        const { startTime, endTime, recurrence } = recurringWindow(given);
        const length = Date.parse(endTime) - Date.parse(startTime);
        const first = DateTime.fromISO(startTime, { zone: "utc" });
        const codes = recurrence.split("BYDAY=")[1]?.split(",") ?? [];
        assert.equal(codes.length, given.days.length);
        for (const code of codes) {
          const index = weekdays.findIndex((day) => day.slice(0, 2).toUpperCase() === code);
          const begin = first.plus({ days: (index - first.weekday + 1 + 7) % 7, weeks: week });
          const local = begin.setZone(given.timeZone);
          const [hour = 0, minute = 0] = given.start.split(":").map(Number);
          const opens = [local, local.minus({ days: 1 })]
            .map((day) => day.set({ hour, minute, second: 0 }))
            .find((day) => day <= local);
          assert.ok(opens);
          assert.ok(
            given.days.includes(weekdays[opens.weekday - 1] ?? "mon"),
            `${local} is on another day`,
          );
          const closes = opens.plus({ hours: Number.parseInt(given.duration, 10) });
          assert.ok(begin.plus(length).toMillis() <= closes.toMillis(), `${local} ends too late`);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("the first window is on a day of the recurrence", () => {
    fc.assert(
      fc.property(hours, (given) => {
        const { startTime, recurrence } = recurringWindow(given);
        const day = weekdays[(new Date(startTime).getUTCDay() + 6) % 7]?.slice(0, 2).toUpperCase();
        assert.ok(recurrence.includes(day ?? "?"));
      }),
    );
  });

  test("four hours are too few with daylight saving time, and the message states the minimum", () => {
    const problem = maintenanceProblem({ ...berlin, duration: "4 hours" });
    assert.match(
      problem?.message ?? "",
      /^must be at least 5 hours: clocks in Europe\/Berlin change by 60 minutes/,
    );
    assert.equal(maintenanceProblem({ ...berlin, duration: "5 hours" }), undefined);
    assert.equal(
      maintenanceProblem({ ...berlin, timeZone: "UTC", duration: "4 hours" }),
      undefined,
    );
  });

  test("too few hours in 32 days are rejected, with the minimum number of days", () => {
    const problem = maintenanceProblem({ ...berlin, days: ["sat", "sun"] });
    assert.match(problem?.message ?? "", /give 32: name at least 3 days, or increase duration$/);
    assert.equal(maintenanceProblem({ ...berlin, days: ["fri", "sat", "sun"] }), undefined);
  });
});
