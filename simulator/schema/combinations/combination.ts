import { isAbsent, isObject, isUnknown } from "../value.ts";

type Bag = Readonly<Record<string, unknown>>;

/** What several properties of one resource must be together, where no list of exclusions can say it. */
export interface Combination {
  /** Where the problem is shown. */
  readonly property: string;
  /** Why the inputs are refused, or undefined when they are right or not yet known well enough to say. */
  readonly refuse: (given: Given) => string | undefined;
}

/** The inputs of a resource as a combination asks about them. Paths are dotted; a number steps into a list. */
export class Given {
  readonly #inputs: Bag;

  constructor(inputs: Bag) {
    this.#inputs = inputs;
  }

  /** The value at a path; undefined when it is not given. */
  at(path: string): unknown {
    return path.split(".").reduce<unknown>((value, name) => {
      if (isUnknown(value)) return value;
      if (Array.isArray(value)) return value[Number(name)];
      return isObject(value) ? value[name] : undefined;
    }, this.#inputs);
  }

  /** Whether something is given there, known or not. */
  has(path: string): boolean {
    return !isAbsent(this.at(path));
  }

  /** Whether something is given there, is known, and is neither `false` nor an empty list. */
  holds(path: string): boolean {
    const value = this.at(path);
    const empty = value === false || (Array.isArray(value) && value.length === 0);
    return !isAbsent(value) && !isUnknown(value) && !empty;
  }

  /** Whether the value there is known to be this one; for a value that is not given, whether it is the default. */
  is(path: string, value: unknown, byDefault?: unknown): boolean {
    const found = this.at(path);
    return (isAbsent(found) ? byDefault : found) === value;
  }

  /** A number that is given and known. */
  number(path: string): number | undefined {
    const value = this.at(path);
    if (isUnknown(value) || isAbsent(value) || value === "") return undefined;
    const number = Number(value);
    return Number.isFinite(number) ? number : undefined;
  }

  /** A text that is given and known. */
  text(path: string): string | undefined {
    const value = this.at(path);
    return typeof value === "string" && !isUnknown(value) ? value : undefined;
  }

  /** A list that is given and known; what is in it may be unknown. */
  list(path: string): readonly unknown[] | undefined {
    const value = this.at(path);
    return Array.isArray(value) ? value : undefined;
  }
}

/** The first number must not be above the second, where both are known. */
export function atMost(given: Given, lower: string, upper: string): string | undefined {
  const [low, high] = [given.number(lower), given.number(upper)];
  if (low === undefined || high === undefined || low <= high) return undefined;
  return `must not be above ${upper}, got ${low} and ${high}`;
}
