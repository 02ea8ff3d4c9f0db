import type { z } from "zod";
import { BlueprintError, type Problem } from "./errors.ts";
import { plainMessage, shownUnknown } from "./spec-messages.ts";

export { didYouMean } from "./suggest.ts";

/**
 * Validates plain data against a schema and returns it with defaults.
 *
 * @throws BlueprintError `manifest-invalid` that lists every problem, each with its path below `where`.
 */
export function parseSpec<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  where: string,
): z.output<Schema> {
  const checked = checkSpec(schema, data, where);
  if (checked.problems.length === 0) return checked.spec as z.output<Schema>;
  throw new BlueprintError("manifest-invalid", `${where} is not valid:`, checked.problems);
}

/** The same without throwing, for callers that collect problems. */
export function checkSpec<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  where: string,
): { readonly spec?: z.output<Schema>; readonly problems: readonly Problem[] } {
  const result = schema.safeParse(data, { error: plainMessage });
  if (result.success) return { spec: result.data, problems: [] };
  return { problems: problemsOf(result.error, data, where) };
}

/** The problems of a zod error with messages from `plainMessage`. */
export function problemsOf(error: z.ZodError, data: unknown, where: string): Problem[] {
  const mistyped = new Set(
    error.issues.filter(({ code }) => code === "invalid_type").map(({ path }) => path.join("\n")),
  );
  return (
    error.issues
      .slice(0, mostIssues)
      // Length problems of a value with the wrong type are redundant.
      .filter(({ code, path }) => !lengths.has(code) || !mistyped.has(path.join("\n")))
      .flatMap((issue) => issueProblems(issue, data, where, []))
  );
}

/** Nobody reads more, and what is done with each grows with the manifest. */
const mostIssues = 200;

const lengths: ReadonlySet<string> = new Set(["too_small", "too_big"]);

function issueProblems(
  issue: z.core.$ZodIssue,
  data: unknown,
  where: string,
  above: readonly PropertyKey[],
): Problem[] {
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case "unrecognized_keys": {
      // One line per key, in the order of the keys; see spec-messages.ts.
      const messages = issue.message.split("\n");
      const listed = issue.keys.slice(0, shownUnknown).map((key, i) => ({
        path: pathText(where, [...path, key]),
        message: messages[i] ?? "unknown field",
      }));
      const more = issue.keys.length - listed.length;
      return more === 0
        ? listed
        : [...listed, { path: pathText(where, path), message: `and ${more} more unknown fields` }];
    }
    case "invalid_union": {
      const nearest = nearestBranch(issue.errors);
      if (nearest) return nearest.flatMap((inner) => issueProblems(inner, data, where, path));
      break;
    }
    case "invalid_key":
      return issue.issues.map((inner) => ({
        path: pathText(where, path),
        message: `the name ${inner.message}`,
        got: path.at(-1),
      }));
  }
  const got = valueAt(data, path);
  const at = pathText(where, path);
  if (got === undefined) return [{ path: at, message: `is required: ${issue.message}` }];
  return [{ path: at, message: issue.message, got }];
}

/** The branch of a union that matches the data best; undefined when all branches fail at the top level. */
function nearestBranch(branches: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  return branches
    .filter((issues) =>
      issues.every(({ path, code }) => path.length > 0 || code === "unrecognized_keys"),
    )
    .sort((a, b) => a.length - b.length)[0];
}

/** `where: a.b[2]` */
export function pathText(where: string, path: readonly PropertyKey[]): string {
  const text = path.reduce<string>(
    (sofar, key) =>
      typeof key === "number"
        ? `${sofar}[${key}]`
        : sofar
          ? `${sofar}.${String(key)}`
          : String(key),
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
