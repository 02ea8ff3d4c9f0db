/** Rate plans of tenants and partners, for the gateway. Plain data. */
import { z } from "zod";
import { sizeText } from "../core/units.ts";

export const ratePlanSchema = z
  .strictObject({
    /** Sustained requests per second. */
    requestsPerSecond: z.int().min(1).max(100_000),
    /** Requests at once. @default twice the sustained rate */
    burst: z.int().min(1).max(1_000_000).optional(),
    /** @default no daily limit */
    requestsPerDay: z.int().min(1).optional(),
    /** Largest request body. @default "1 MiB" */
    requestSize: sizeText({ max: "100 MiB" }).default("1 MiB"),
  })
  .transform(({ burst, ...plan }) => ({ ...plan, burst: burst ?? 2 * plan.requestsPerSecond }))
  .refine(({ burst, requestsPerSecond }) => burst >= requestsPerSecond, {
    path: ["burst"],
    error: "must be at least requestsPerSecond",
  });

export type RatePlan = z.output<typeof ratePlanSchema>;
