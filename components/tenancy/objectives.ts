/** Service level objectives of a tier. Plain data; alert rules are derived from it. */
import { z } from "zod";
import { durationText, seconds } from "../core/units.ts";

/**
 * The windows of multi-window, multi-burn-rate alerts: the share of the error budget that is spent within the long window when an
 * alert fires. Source: Google, "The Site Reliability Workbook", chapter 5, table 5-8.
 */
export const burnWindows = [
  { budget: 0.02, long: "1 hour", short: "5 minutes", severity: "page" },
  { budget: 0.05, long: "6 hours", short: "30 minutes", severity: "page" },
  { budget: 0.1, long: "1 day", short: "2 hours", severity: "ticket" },
  { budget: 0.1, long: "3 days", short: "6 hours", severity: "ticket" },
] as const;

type BurnWindow = (typeof burnWindows)[number];

/** How many times faster than sustainable errors spend the budget when an alert fires: share of the budget x period / long window. */
export function burnFactor({ budget, long }: BurnWindow, period: `${number} days`): number {
  return (budget * seconds(period)) / seconds(long);
}

const period = z.enum(["28 days", "30 days"]);

/**
 * The lowest objective whose fastest alert can fire. An alert fires when the error ratio is above factor x (1 - objective), and no
 * ratio is above 1.
 */
export function lowestObjective(over: z.output<typeof period>): number {
  const fastest = Math.max(...burnWindows.map((window) => burnFactor(window, over)));
  return 100 * (1 - 1 / fastest);
}

/** A share of good requests in percent. 100 would leave no error budget. */
const percent = z
  .number()
  .gt(0)
  .lt(100, { error: "must be less than 100: it leaves no error budget" });

const fields = {
  /** The share of good requests, in percent. */
  objective: percent,
  /** @default "30 days" */
  period: period.default("30 days"),
};

export const objectivesSchema = z
  .strictObject({
    /** Requests that do not fail. @default none */
    availability: z.strictObject(fields).optional(),
    /** Requests that are answered in time. @default none */
    latency: z
      .strictObject({
        ...fields,
        /** The time in which a good request is answered. */
        within: z.string().regex(/^[1-9]\d{0,5} ms$/, {
          error: 'must be a number of milliseconds such as "300 ms"',
        }),
      })
      .optional(),
    /** Events that are processed in time. @default none */
    freshness: z.strictObject({ ...fields, within: durationText({ max: "1 day" }) }).optional(),
  })
  .superRefine((objectives, context) => {
    for (const [name, given] of Object.entries(objectives)) {
      if (given === undefined) continue;
      const lowest = lowestObjective(given.period);
      if (given.objective > lowest) continue;
      context.addIssue({
        code: "custom",
        path: [name, "objective"],
        input: given.objective,
        message: `must be more than ${lowest.toFixed(2)}: at this objective the fastest burn-rate alert can never fire`,
      });
    }
  });

export type Objectives = z.output<typeof objectivesSchema>;
