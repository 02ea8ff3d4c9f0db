import type { z } from "zod";
import type { StreamProblem } from "./topics.ts";

/** Hands the problems of a pure check to zod, at their places. */
export function report(
  problems: readonly StreamProblem[],
  context: z.core.$RefinementCtx<unknown>,
): void {
  for (const { path, message, got } of problems) {
    context.addIssue({ code: "custom", path: [...path], message, input: got });
  }
}
