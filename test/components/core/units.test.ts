import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  bytes,
  type Duration,
  days,
  durationText,
  gibibytes,
  goDuration,
  goDurationOf,
  googleDuration,
  isDuration,
  isoDuration,
  isSize,
  quantity,
  type Size,
  seconds,
  sizeText,
} from "../../../components/core/units.ts";

const duration = fc
  .tuple(fc.integer({ min: 1, max: 5000 }), fc.constantFrom("second", "minutes", "hours", "day"))
  .map(([n, unit]): Duration => `${n} ${unit}` as Duration);

/** Parses a Go duration. */
function goSeconds(text: string): number {
  return [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * { h: 3600, m: 60, s: 1 }[unit as "h" | "m" | "s"],
    0,
  );
}

describe("durations", () => {
  test("every format has the same number of seconds", () => {
    fc.assert(
      fc.property(duration, (text) => {
        const total = seconds(text);
        assert.equal(goSeconds(goDuration(text)), total);
        assert.equal(googleDuration(text), `${total}s`);
        assert.equal(isoDuration(text), `PT${goDuration(text).toUpperCase()}`);
        assert.ok(days(text) * 86_400 >= total && (days(text) - 1) * 86_400 < total);
      }),
    );
  });

  test("examples", () => {
    assert.equal(goDuration("90 minutes"), "1h30m");
    assert.equal(goDuration("30 days"), "720h");
    assert.equal(goDurationOf(0), "0s");
    assert.equal(isoDuration("5 minutes"), "PT5M");
  });

  for (const text of [
    "5",
    "5m",
    "0 minutes",
    "1.5 hours",
    "-1 day",
    "5  minutes",
    " 5 minutes",
    5,
    null,
  ]) {
    test(`${JSON.stringify(text)} is not one`, () => {
      assert.equal(isDuration(text), false);
      assert.equal(durationText().safeParse(text).success, false);
    });
  }

  test("a range is enforced and in the message", () => {
    const schema = durationText({ min: "5 minutes", max: "1 hour" });
    assert.equal(schema.parse("60 minutes"), "60 minutes");
    assert.match(
      schema.safeParse("1 minute").error?.issues[0]?.message ?? "",
      /at least 5 minutes/,
    );
    assert.match(schema.safeParse("2 hours").error?.issues[0]?.message ?? "", /at most 1 hour/);
  });
});

describe("sizes", () => {
  test("whole GiB are sufficient and minimal", () => {
    const size = fc
      .tuple(fc.integer({ min: 1, max: 5000 }), fc.constantFrom("KiB", "MiB", "GiB", "TiB"))
      .map(([n, unit]): Size => `${n} ${unit}` as Size);
    fc.assert(
      fc.property(size, (text) => {
        const whole = gibibytes(text) * 2 ** 30;
        assert.ok(whole >= bytes(text) && whole - bytes(text) < 2 ** 30);
        assert.equal(quantity(text), `${text.split(" ")[0]}${text.split(" ")[1]!.slice(0, 2)}`);
      }),
    );
  });

  for (const text of ["50", "50GiB", "50 GB", "0 GiB", "1.5 GiB", 50]) {
    test(`${JSON.stringify(text)} is not one`, () => {
      assert.equal(isSize(text), false);
      assert.equal(sizeText().safeParse(text).success, false);
    });
  }

  test("a range is enforced and in the message", () => {
    assert.match(
      sizeText({ min: "20 GiB" }).safeParse("1 GiB").error?.issues[0]?.message ?? "",
      /at least 20 GiB/,
    );
  });
});
