// The figures are those of "The Site Reliability Workbook", chapter 5, for 30 days.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  burnFactor,
  burnWindows,
  lowestObjective,
  objectivesSchema,
} from "../../../components/tenancy/objectives.ts";

describe("burn rates", () => {
  test("have the factors of the workbook for 30 days, and those of 28 days", () => {
    const factors = (period: "28 days" | "30 days") =>
      burnWindows.map((window) => Number(burnFactor(window, period).toFixed(3)));
    assert.deepEqual(factors("30 days"), [14.4, 6, 3, 1]);
    assert.deepEqual(factors("28 days"), [13.44, 5.6, 2.8, 0.933]);
  });

  test("have a lowest objective, at which the fastest alert needs more errors than requests", () => {
    assert.equal(lowestObjective("30 days").toFixed(2), "93.06");
  });
});

describe("objectives", () => {
  const messages = (objective: number) =>
    objectivesSchema
      .safeParse({ availability: { objective } })
      .error?.issues.map((it) => it.message);

  test("that could never fire are refused, those above are not", () => {
    assert.match(messages(93)![0]!, /more than 93\.06/);
    assert.equal(messages(93.1), undefined);
    assert.equal(messages(99.95), undefined);
  });

  test("of 100 % are refused, because they leave no error budget", () => {
    assert.match(messages(100)![0]!, /no error budget/);
  });
});
