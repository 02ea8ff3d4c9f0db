/** What a condition of IAM really asks for. */
import type { Conditions } from "../core/iam.ts";

/**
 * Whether requests pass only with a value of this key that is one of those named. Operators that a request without the key
 * passes, or that only say what it must not be, ask for nothing, and neither does a value that everything is like.
 */
export function asksFor(conditions: Conditions, key: string): boolean {
  const asking = ["ArnEquals", "ArnLike", "StringEquals", "StringLike"] as const;
  return asking.some((operator) =>
    Object.entries(conditions[operator] ?? {}).some(
      ([name, values]) =>
        name.toLowerCase() === key.toLowerCase() && !knownTexts(values).some(isAnything),
    ),
  );
}

export function isAnything(value: string): boolean {
  return /^[*?]+$/.test(value);
}

/** The texts that are known now. */
export function knownTexts(texts: unknown): string[] {
  return [texts].flat().filter((text) => typeof text === "string");
}
