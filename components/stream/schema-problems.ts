import type { z } from "zod";
import type { StreamProblem } from "./topics.ts";

/** Reports the problems of a pure check to zod, with their paths. */
export function report(
  problems: readonly StreamProblem[],
  context: z.core.$RefinementCtx<unknown>,
): void {
  for (const { path, message, got } of problems) {
    context.addIssue({ code: "custom", path: [...path], message, input: got });
  }
}
