/** What exists already and is only referred to: settings that exclude each other, lookups, and how a failed check is reported. */
import { z } from "zod";
import { BlueprintError, type Problem } from "./errors.ts";
import { plainMessage } from "./spec-messages.ts";

/** The settings of what Atoll would make; none of them may be set beside `existing`. */
export function notBesideExisting<Settings extends object>(settings: Settings, what: string) {
  const error = `must not be set beside "existing": Atoll does not configure ${what} that it did not create`;
  return Object.fromEntries(
    Object.keys(settings).map((key) => [key, z.never({ error }).optional()]),
  ) as { [Key in keyof Settings]: z.ZodOptional<z.ZodNever> };
}

/** Checks by the schema of what exists where `existing` is written, and by that of what is created otherwise. */
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

/** For editors: everything that is created may say, and `existing`. */
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

/** What a lookup found, or why it found nothing. */
export type LookedUp<Facts> = { readonly facts: Facts } | { readonly failure: string };

/** A lookup as plain data: one that fails is a problem to report with the others. */
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

/** What the provider said, without the engine's words around it. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/^.*\b(?:invocation of \S+ returned an error|invoking \S+ \S+): /, "");
}

/** The facts of a lookup whose problems were refused before. */
export function found<Facts>(lookup: LookedUp<Facts>): Facts {
  if ("facts" in lookup) return lookup.facts;
  throw new Error(`a failed lookup was not refused: ${lookup.failure}`);
}

/** The problems of what was looked up; one where it was not found. */
export function problemsOfLookup<Facts>(
  path: string,
  what: string,
  lookup: LookedUp<Facts>,
  check: (facts: Facts) => readonly Problem[],
): readonly Problem[] {
  if ("facts" in lookup) return check(lookup.facts);
  return [{ path, message: `must name ${what} that can be looked up: ${lookup.failure}` }];
}

/** @throws BlueprintError `existing-unsuitable` that lists every problem of what exists, if there are any */
export function refuseUnsuitable(where: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw new BlueprintError(
    "existing-unsuitable",
    `${where} is not what the manifest needs, and nothing that depends on it is created:`,
    problems,
  );
}
