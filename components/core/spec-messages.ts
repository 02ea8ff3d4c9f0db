import type { z } from "zod";
import { countIn, limitsOf, numberIn } from "./spec-limits.ts";
import { didYouMean } from "./suggest.ts";

type RawIssue = z.core.$ZodRawIssue;

/** How many unknown fields of one map are listed. */
export const shownUnknown = 20;

/**
 * Messages for zod's issues that state the expected value, without the library's terms. A schema's own `error` takes precedence.
 */
export function plainMessage(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = knownKeysOf(issue.inst);
      return issue.keys
        .slice(0, shownUnknown)
        .map((key) => `unknown field${didYouMean(key, known)}`)
        .join("\n");
    }
    case "invalid_type":
      return `must be ${numeric.has(issue.expected) ? numberIn(limitsOf(issue.schema)) : typeName(issue.expected)}`;
    case "too_small":
    case "too_big":
      return bounds(issue);
    case "invalid_value":
      return oneOf(issue.values, issue.input);
    case "invalid_union":
      return Array.isArray(issue.options)
        ? oneOf(issue.options, discriminated(issue))
        : anyOf(issue.errors ?? []);
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "invalid_format":
      return issue.format === "regex"
        ? `must match ${issue.pattern}`
        : `must be a valid ${issue.format.replaceAll("_", " ")}`;
    case "invalid_key":
    case "invalid_element":
      return "is not valid";
    default:
      return undefined;
  }
}

const numeric: ReadonlySet<string> = new Set(["number", "int"]);

const typeNames: Readonly<Record<string, string>> = {
  string: "a string",
  boolean: "true or false",
  array: "a list",
  object: "a map of fields",
  record: "a map of names to values",
  null: "null",
  undefined: "omitted",
  never: "omitted",
};

function typeName(expected: string): string {
  return typeNames[expected] ?? expected;
}

/** Reports both limits of a range at once. */
function bounds(issue: Extract<RawIssue, { code: "too_small" | "too_big" }>): string {
  const limits = limitsOf(issue.schema);
  switch (issue.origin) {
    case "string":
      return `must have ${countIn(limits, "character", "characters")}`;
    case "array":
    case "set":
    case "map":
      return `must have ${countIn(limits, "entry", "entries")}`;
    default:
      return `must be ${numberIn(limits)}`;
  }
}

/** `must be "none" or true or false`, from the first message of each branch of a union. */
function anyOf(branches: readonly (readonly z.core.$ZodIssue[])[]): string {
  const forms = branches.map(([first]) => (first?.message ?? "").replace(/^must be /, ""));
  return `must be ${[...new Set(forms)].join(", or ")}`;
}

const shownAtMost = 12;

function oneOf(values: readonly unknown[], given: unknown): string {
  const shownValues = values.map((value) =>
    typeof value === "string" ? `"${value}"` : String(value),
  );
  const near =
    typeof given === "string" ? didYouMean(given, values.map(String), { list: false }) : "";
  if (shownValues.length === 1) return `must be ${shownValues[0]}`;
  const shown = shownValues.slice(0, shownAtMost).join(", ");
  const more =
    shownValues.length > shownAtMost ? ` and ${shownValues.length - shownAtMost} more` : "";
  return `must be one of ${shown}${more}${near}`;
}

function discriminated(issue: Extract<RawIssue, { code: "invalid_union" }>): unknown {
  const key = typeof issue.discriminator === "string" ? issue.discriminator : undefined;
  return key && typeof issue.input === "object" && issue.input !== null
    ? (issue.input as Record<string, unknown>)[key]
    : issue.input;
}

/** The fields of an object, or the keys of a record with a fixed set of keys. */
function knownKeysOf(schema: unknown): string[] {
  const { shape, keyType } = schema as { shape?: object; keyType?: { options?: unknown[] } };
  return shape ? Object.keys(shape) : (keyType?.options ?? []).map(String);
}
