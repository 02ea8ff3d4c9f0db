import { isAbsent, isObject, isUnknown } from "../value.ts";

type Bag = Readonly<Record<string, unknown>>;

/** A rule for a combination of properties, for rules that lists of exclusions cannot express. */
export interface Combination {
  /** The property that the problem is reported for. */
  readonly property: string;
  /** Why the inputs are refused, or undefined if they are valid or too much is unknown. */
  readonly refuse: (given: Given) => string | undefined;
}

/** The inputs of a resource, for combinations. Paths are dotted; a number is an index of a list. */
export class Given {
  readonly #inputs: Bag;

  constructor(inputs: Bag) {
    this.#inputs = inputs;
  }

  /** The value at a path; undefined if it is not set. */
  at(path: string): unknown {
    return path.split(".").reduce<unknown>((value, name) => {
      if (isUnknown(value)) return value;
      if (Array.isArray(value)) return value[Number(name)];
      return isObject(value) ? value[name] : undefined;
    }, this.#inputs);
  }

  /** Whether the value is set, known or not. */
  has(path: string): boolean {
    return !isAbsent(this.at(path));
  }

  /** Whether the value is set, known, and neither `false` nor an empty list. */
  holds(path: string): boolean {
    const value = this.at(path);
    const empty = value === false || (Array.isArray(value) && value.length === 0);
    return !isAbsent(value) && !isUnknown(value) && !empty;
  }

  /** Whether the value is known to be this one; if it is not set, whether this is the default. */
  is(path: string, value: unknown, byDefault?: unknown): boolean {
    const found = this.at(path);
    return (isAbsent(found) ? byDefault : found) === value;
  }

  /** A number that is set and known. */
  number(path: string): number | undefined {
    const value = this.at(path);
    if (isUnknown(value) || isAbsent(value) || value === "") return undefined;
    const number = Number(value);
    return Number.isFinite(number) ? number : undefined;
  }

  /** A string that is set and known. */
  text(path: string): string | undefined {
    const value = this.at(path);
    return typeof value === "string" && !isUnknown(value) ? value : undefined;
  }

  /** A list that is set and known; its items may be unknown. */
  list(path: string): readonly unknown[] | undefined {
    const value = this.at(path);
    return Array.isArray(value) ? value : undefined;
  }
}

/** The first number must not be above the second, if both are known. */
export function atMost(given: Given, lower: string, upper: string): string | undefined {
  const [low, high] = [given.number(lower), given.number(upper)];
  if (low === undefined || high === undefined || low <= high) return undefined;
  return `must not be above ${upper}, got ${low} and ${high}`;
}
