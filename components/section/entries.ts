/** Checks the entries of a manifest's sections together with derived fields. Problems have paths in the manifest. */
import type { z } from "zod";
import type { Problem } from "../core/errors.ts";
import { checkSpec } from "../core/spec.ts";

/** Where an entry is. */
export interface EntryPlace {
  /** The config file. */
  readonly file: string;
  /** The fields that lead to it: `audit`, `accounts`, `111122223333`. */
  readonly at: readonly string[];
  /** Fields that come from its section. @default [] */
  readonly shared?: readonly string[];
}

/** The spec of an entry. Adds problems to `problems`, and then returns undefined. */
export function checkEntry<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  { file, at, shared = [] }: EntryPlace,
  problems: Problem[],
): z.output<Schema> | undefined {
  const { spec, problems: found } = checkSpec(schema, data, file);
  for (const problem of found) {
    const field = problem.path.slice(file.length + 2);
    const above = shared.includes(field.split(/[.[]/, 1)[0] ?? "") ? at.slice(0, 1) : at;
    const path = [...above, ...(field ? [field] : [])].join(".");
    problems.push({ ...problem, path: `${file}: ${path}` });
  }
  return spec;
}

/** The values of the names that have one. */
export function eachOf<T, U>(
  entries: Readonly<Record<string, T>>,
  make: (name: string, entry: T) => U | undefined,
): Record<string, U> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, entry]) => {
      const made = make(name, entry);
      return made === undefined ? [] : [[name, made] as const];
    }),
  );
}
