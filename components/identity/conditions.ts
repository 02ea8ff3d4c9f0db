/** What an IAM condition requires. */
import type { Conditions } from "../core/iam.ts";

/**
 * Whether a condition requires one of certain values for this key. Operators that accept requests without the key, negated
 * operators, and values that match everything do not count.
 */
export function requiresKey(conditions: Conditions, key: string): boolean {
  const operators = ["ArnEquals", "ArnLike", "StringEquals", "StringLike"] as const;
  return operators.some((operator) =>
    Object.entries(conditions[operator] ?? {}).some(
      ([name, values]) =>
        name.toLowerCase() === key.toLowerCase() && !knownStrings(values).some(isAnything),
    ),
  );
}

export function isAnything(value: string): boolean {
  return /^[*?]+$/.test(value);
}

/** The strings that are known now, without outputs. */
export function knownStrings(texts: unknown): string[] {
  return [texts].flat().filter((text) => typeof text === "string");
}
