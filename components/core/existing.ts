/** Existing resources that a manifest refers to: mutually exclusive settings, lookups, and reports of failed checks. */
import { z } from "zod";
import { BlueprintError, type Problem } from "./errors.ts";
import { plainMessage } from "./spec-messages.ts";

/** The settings of a resource that Atoll creates; none of them may be set beside `existing`. */
export function notBesideExisting<Settings extends object>(settings: Settings, what: string) {
  const error = `must not be set beside "existing": Atoll does not configure ${what} that it did not create`;
  return Object.fromEntries(
    Object.keys(settings).map((key) => [key, z.never({ error }).optional()]),
  ) as { [Key in keyof Settings]: z.ZodOptional<z.ZodNever> };
}

/** Validates by the schema of existing resources where `existing` is set, and by that of created ones otherwise. */
export function createdOrExisting<Created extends z.ZodType, Existing extends z.ZodType>(
  created: Created,
  existing: Existing,
): z.ZodType<
  (z.output<Created> & { readonly existing?: undefined }) | z.output<Existing>,
  z.input<Created> | z.input<Existing>
> {
  const schema = z.unknown().transform((data, context) => {
    const result = (isExisting(data) ? existing : created).safeParse(data, {
      error: plainMessage,
    });
    if (result.success) return result.data;
    context.issues.push(...(result.error.issues as z.core.$ZodRawIssue[]));
    return z.NEVER;
  });
  schema._zod.toJSONSchema = () => withExisting(created, existing);
  return schema as unknown as ReturnType<typeof createdOrExisting<Created, Existing>>;
}

/** For editors: all settings of a created resource, and `existing`. */
function withExisting(created: z.ZodType, existing: z.ZodType) {
  const [all, one] = [created, existing].map((schema) =>
    z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }),
  );
  const reference = one?.properties?.existing;
  return { ...all, properties: { ...all?.properties, ...(reference && { existing: reference }) } };
}

function isExisting(data: unknown): boolean {
  return (
    typeof data === "object" &&
    data !== null &&
    (data as { existing?: unknown }).existing !== undefined
  );
}

/** The result of a lookup, or why it failed. */
export type LookedUp<Facts> = { readonly facts: Facts } | { readonly failure: string };

/** A lookup as plain data. A failed one is reported with the other problems. */
export async function lookedUp<Result, Facts>(
  lookup: Promise<Result>,
  read: (result: Result) => Facts,
): Promise<LookedUp<Facts>> {
  try {
    return { facts: read(await lookup) };
  } catch (error) {
    return { failure: messageOf(error) };
  }
}

/** The provider's message, without what the engine adds to it. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/^.*\b(?:invocation of \S+ returned an error|invoking \S+ \S+): /, "");
}

/** The facts of a lookup after `refuseUnsuitable()`. */
export function found<Facts>(lookup: LookedUp<Facts>): Facts {
  if ("facts" in lookup) return lookup.facts;
  throw new Error(`a failed lookup was not refused: ${lookup.failure}`);
}

/** The problems of a looked-up resource; one if it was not found. */
export function problemsOfLookup<Facts>(
  path: string,
  what: string,
  lookup: LookedUp<Facts>,
  check: (facts: Facts) => readonly Problem[],
): readonly Problem[] {
  if ("facts" in lookup) return check(lookup.facts);
  return [{ path, message: `must name ${what} that can be looked up: ${lookup.failure}` }];
}

/** @throws BlueprintError `existing-unsuitable` that lists every problem of an existing resource, if there are any */
export function refuseUnsuitable(where: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw new BlueprintError(
    "existing-unsuitable",
    `${where} does not meet the requirements, and nothing that depends on it is created:`,
    problems,
  );
}
