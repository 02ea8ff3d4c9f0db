// Does not prove that Karpenter respects budgets. They do not apply to expiration and spot interruptions.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DateTime } from "luxon";
import { weekdays } from "../../../components/core/schedule.ts";
import { type Budget, budgets, profiles } from "../../../components/node-pool/disruption.ts";

const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Asia/Seoul",
  "Asia/Kolkata",
  "Pacific/Auckland",
];

const hours = fc.record({
  timeZone: fc.constantFrom(...zones),
  days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
  from: fc.constantFrom("00:00", "07:30", "08:00", "09:00", "20:00"),
  to: fc.constantFrom("06:00", "17:15", "18:00", "23:59"),
});

/** Whether a budget with a schedule is active at this time. */
function inForce({ schedule = "", duration = "" }: Budget, at: DateTime): boolean {
  const [minute = "", hour = "", , , days = ""] = schedule.split(" ");
  const [, h = "0", m = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?$/.exec(duration) ?? [];
  const length = Number(h ?? 0) * 60 + Number(m ?? 0);
  const utc = at.toUTC();
  return [0, 1, 2].some((back) => {
    const start = utc
      .startOf("day")
      .minus({ days: back })
      .set({ hour: Number(hour), minute: Number(minute) });
    if (!days.split(",").includes(String(start.weekday % 7))) return false;
    const since = utc.diff(start, "minutes").minutes;
    return since >= 0 && since < length;
  });
}

describe("disruption budgets", () => {
  test("apply at all times without business hours", () => {
    assert.deepEqual(budgets("10%"), [{ nodes: "10%" }]);
  });

  test("block disruption in business hours, in winter and summer, except for empty nodes", () => {
    assert.deepEqual(
      budgets("1", {
        timeZone: "Europe/Berlin",
        days: ["mon", "tue", "wed", "thu", "fri"],
        from: "08:00",
        to: "18:00",
      }),
      [
        { nodes: "1" },
        {
          nodes: "0",
          reasons: ["Underutilized", "Drifted"],
          schedule: "0 6 * * 1,2,3,4,5",
          duration: "11h",
        },
      ],
    );
  });

  test("cover every business minute of a year", () => {
    fc.assert(
      fc.property(
        hours,
        fc.integer({ min: 0, max: 364 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (given, day, share) => {
          const morning = DateTime.fromISO("2027-01-01", { zone: given.timeZone }).plus({
            days: day,
          });
          if (!given.days.includes(weekdays[morning.weekday - 1]!)) return;
          const [fromHour, fromMinute] = given.from.split(":").map(Number);
          const [toHour, toMinute] = given.to.split(":").map(Number);
          const from = morning.set({ hour: fromHour!, minute: fromMinute! });
          const sameDay = morning.set({ hour: toHour!, minute: toMinute! });
          const to = given.to > given.from ? sameDay : sameDay.plus({ days: 1 });
          const at = from.plus({ minutes: Math.floor(to.diff(from, "minutes").minutes * share) });
          const closed = budgets("10%", given).slice(1);
          assert.ok(
            closed.some((budget) => inForce(budget, at)),
            `${at} in ${JSON.stringify(closed)}`,
          );
        },
      ),
    );
  });

  test("are valid by Karpenter's CRD", () => {
    fc.assert(
      fc.property(hours, (given) => {
        for (const { schedule, duration } of budgets("10%", given).slice(1)) {
          assert.match(String(schedule), /^(.+)\s(.+)\s(.+)\s(.+)\s(.+)$/);
          assert.match(String(duration), /^((([0-9]+(h|m))|([0-9]+h[0-9]+m))(0s)?)$/);
        }
      }),
    );
  });
});

describe("disruption profiles", () => {
  const minutes = (duration: string) =>
    duration.endsWith("h") ? Number(duration.slice(0, -1)) * 60 : Number(duration.slice(0, -1));

  test("keep a node for at least 5 minutes and limit its lifetime", () => {
    for (const [name, profile] of Object.entries(profiles)) {
      assert.ok(minutes(profile.consolidateAfter) >= 5, name);
      assert.match(profile.expireAfter, /^\d+h$/, name);
      assert.match(profile.terminationGracePeriod, /^\d+h$/, name);
    }
  });

  test("disrupt stateful nodes one at a time, and only empty ones of batch and stateful pools", () => {
    assert.equal(profiles.stateful.nodes, "1");
    assert.equal(profiles.stateful.consolidationPolicy, "WhenEmpty");
    assert.equal(profiles.batch.consolidationPolicy, "WhenEmpty");
    assert.equal(profiles.stateless.consolidationPolicy, "WhenEmptyOrUnderutilized");
  });
});
