import type { CheckFailure } from "./check-failure.ts";
import type { ResourceSchema } from "./shape.ts";
import { childPath, isAbsent, isObject, isUnknown } from "./value.ts";

type State = "given" | "unknown" | "absent";

/** Checks properties that exclude each other, require each other, or of which one must be set. */
export function checkGroups(
  schema: ResourceSchema,
  inputs: Record<string, unknown>,
): CheckFailure[] {
  const seen = new Set<string>();
  const failures: CheckFailure[] = [];
  const report = (property: string, reason: string, key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    failures.push({ property, reason });
  };
  each(schema.conflictsWith, inputs, ({ at, states, names }) => {
    const [own = "", ...others] = names;
    if (states[0] !== "given") return;
    for (const [index, other] of others.entries()) {
      if (states[index + 1] !== "given") continue;
      // The pair is declared by both properties: report it once.
      const pair = [at(own), at(other)].sort().join();
      report(at(own), `conflicts with ${at(other)}: give one of the two`, `conflict ${pair}`);
    }
  });
  each(schema.requiredWith, inputs, ({ at, states, names }) => {
    const [own = "", ...needed] = names;
    if (states[0] !== "given") return;
    const missing = needed.filter((_, index) => states[index + 1] === "absent");
    if (missing.length > 0)
      report(at(own), `needs ${missing.map(at).join(" and ")} beside it`, `with ${at(own)}`);
  });
  each(schema.exactlyOneOf, inputs, ({ at, states, names, reached }) => {
    const given = names.filter((_, index) => states[index] === "given");
    const all = names.map(at).join(", ");
    if (given.length > 1)
      report(at(given[0] ?? ""), `exactly one of ${all} may be given, got ${given.length}`, all);
    if (reached && !states.some((state) => state !== "absent"))
      report(at(names[0] ?? ""), `one of ${all} must be given`, all);
  });
  each(schema.atLeastOneOf, inputs, ({ at, states, names, reached }) => {
    const all = names.map(at).join(", ");
    if (reached && !states.some((state) => state !== "absent")) {
      report(at(names[0] ?? ""), `at least one of ${all} must be given`, all);
    }
  });
  return failures;
}

/** One group in one object: a group below a list is checked in each of its items. */
interface Seen {
  readonly names: readonly string[];
  readonly states: readonly State[];
  /** The path of a name in this object. */
  at(name: string): string;
  /** Whether an object with one of the properties exists, so that one of them can be required. */
  readonly reached: boolean;
}

function each(
  groups: readonly (readonly string[])[] | undefined,
  inputs: Record<string, unknown>,
  visit: (seen: Seen) => void,
): void {
  for (const group of groups ?? []) {
    const common = commonObject(group);
    const names = group.map((path) => path.split(".").slice(common.length).join("."));
    for (const { value, path } of objectsAt(inputs, common, "")) {
      visit({
        names,
        states: names.map((name) => stateAt(value, name.split("."))),
        at: (name) => name.split(".").reduce((sofar, part) => childPath(sofar, part), path),
        reached: names.some((name) => parentIsThere(value, name.split("."))),
      });
    }
  }
}

/** The longest path of objects that all members of a group share. */
function commonObject(group: readonly string[]): string[] {
  const [first = [], ...rest] = group.map((path) => path.split(".").slice(0, -1));
  const length = first.findIndex((part, index) => rest.some((other) => other[index] !== part));
  return length === -1 ? first : first.slice(0, length);
}

function objectsAt(
  value: unknown,
  names: readonly string[],
  path: string,
): { value: Record<string, unknown>; path: string }[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => objectsAt(item, names, childPath(path, index)));
  if (!isObject(value)) return [];
  const [name, ...rest] = names;
  return name === undefined
    ? [{ value, path }]
    : objectsAt(value[name], rest, childPath(path, name));
}

function stateAt(value: unknown, names: readonly string[]): State {
  if (isUnknown(value)) return "unknown";
  const [name, ...rest] = names;
  if (name === undefined) return isAbsent(value) ? "absent" : "given";
  if (Array.isArray(value)) {
    const states = value.map((item) => stateAt(item, names));
    return (
      states.find((state) => state === "given") ??
      states.find((state) => state === "unknown") ??
      "absent"
    );
  }
  return isObject(value) ? stateAt(value[name], rest) : "absent";
}

function parentIsThere(value: unknown, names: readonly string[]): boolean {
  const [name, ...rest] = names;
  if (Array.isArray(value)) return value.some((item) => parentIsThere(item, names));
  if (!isObject(value) || name === undefined) return false;
  return rest.length === 0 || parentIsThere(value[name], rest);
}
