import type { CheckFailure } from "./check.ts";
import type { ResourceSchema } from "./shape.ts";
export function checkRules(
  _schema: ResourceSchema,
  _inputs: Record<string, unknown>,
): CheckFailure[] {
  return [];
}
