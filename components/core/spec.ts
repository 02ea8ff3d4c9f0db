import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { BlueprintError, type Problem } from "./errors.ts";

/**
 * Checks plain data against a schema and returns it with its defaults filled in.
 *
 * @throws BlueprintError `manifest-invalid` that lists every problem, each with its path below `where`.
 */
export function parseSpec<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  where: string,
): z.output<Schema> {
  const result = schema.safeParse(data, { reportInput: true });
  if (result.success) return result.data;
  throw new BlueprintError(
    "manifest-invalid",
    `${where} is not valid:`,
    problemsOf(result.error, data, where),
  );
}

/** The problems of a zod error, one a field, unknown fields with the nearest known name. */
export function problemsOf(error: z.ZodError, data: unknown, where: string): Problem[] {
  return error.issues.flatMap((issue) => issueProblems(issue, data, where));
}

function issueProblems(issue: z.core.$ZodIssue, data: unknown, where: string): Problem[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(issue);
    return issue.keys.map((key) => ({
      path: pathText(where, [...issue.path, key]),
      message: `unknown field${didYouMean(key, known)}`,
    }));
  }
  const path = pathText(where, issue.path);
  const got = valueAt(data, issue.path);
  if (got === undefined) return [{ path, message: `is required: ${plain(issue.message)}` }];
  return [{ path, message: plain(issue.message), got }];
}

/** `, did you mean "zones"?` when a known name is near, else the known names. */
export function didYouMean(given: string, known: readonly string[]): string {
  const nearest = known
    .map((name) => ({ name, away: distance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.away - b.away)[0];
  if (nearest && nearest.away <= Math.max(2, Math.floor(given.length / 3))) {
    return `, did you mean "${nearest.name}"?`;
  }
  return known.length > 0 ? `; known are ${known.join(", ")}` : "";
}

/** `where: a.b[2]` */
export function pathText(where: string, path: readonly PropertyKey[]): string {
  const text = path.reduce<string>(
    (sofar, key) =>
      typeof key === "number" ? `${sofar}[${key}]` : sofar ? `${sofar}.${String(key)}` : String(key),
    "",
  );
  return text ? `${where}: ${text}` : where;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    data,
  );
}

function knownKeys(issue: z.core.$ZodIssue): string[] {
  const shape = (issue.inst as { shape?: Record<string, unknown> } | undefined)?.shape;
  return shape ? Object.keys(shape) : [];
}

function plain(message: string): string {
  return message.replace(/^Invalid input: /, "").replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase());
}
