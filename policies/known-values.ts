/**
 * Checks on values of which some are unknown until deployment. Reading an unknown value throws; these functions read known values
 * first, so that an unknown value matters only if it could change the result.
 */
import * as sdk from "@pulumi/policy";

/** The error of reading an unknown value. */
export interface UnknownValueError extends Error {
  /** The path of the value, from the resource's properties. */
  readonly props: readonly string[];
}

// The SDK exports the class, but its types omit it.
const UnknownValue: unknown = Reflect.get(sdk, "UnknownValueError");

export function isUnknownValueError(error: unknown): error is UnknownValueError {
  return typeof UnknownValue === "function" && error instanceof UnknownValue;
}

/** Whether the value itself is unknown; values inside it may be unknown in any case. */
export function isUnknown(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (isUnknownValueError(error)) return true;
    throw error;
  }
}

/** The first matching element. Throws if no known element matches and one is unknown. */
export function firstOf<T>(
  list: readonly T[] | undefined,
  passes: (item: T) => boolean,
): T | undefined {
  let unknown: UnknownValueError | undefined;
  for (let index = 0; index < (list?.length ?? 0); index++) {
    try {
      const item = list?.[index];
      if (item !== undefined && passes(item)) return item;
    } catch (error) {
      if (!isUnknownValueError(error)) throw error;
      unknown ??= error;
    }
  }
  if (unknown) throw unknown;
  return undefined;
}

/** Whether all facts are true. A false one decides, even if others are unknown. */
export function everyFact(...facts: readonly (() => boolean)[]): boolean {
  return firstOf(facts, (fact) => !fact()) === undefined;
}

/** Whether any fact is true. A true one decides, even if others are unknown. */
export function anyFact(...facts: readonly (() => boolean)[]): boolean {
  return firstOf(facts, (fact) => fact()) !== undefined;
}

/**
 * Whether a property is set, for checks where only its presence matters, such as a key's ARN. An unknown reference counts as set,
 * because it refers to a resource of the same run; an empty string or list does not.
 */
export function isGiven<T extends object>(object: T | undefined, key: keyof T & string): boolean {
  if (object === undefined || object === null || !(key in object)) return false;
  if (isUnknown(() => object[key])) return true;
  const value: unknown = object[key];
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== "";
}

/** A copy for messages: unknown values are replaced with a note. */
export function shown(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const show = (key: string | number) =>
    isUnknown(() => Reflect.get(value, key)) ? "(not known yet)" : shown(Reflect.get(value, key));
  return Array.isArray(value)
    ? [...value.keys()].map(show)
    : Object.fromEntries(Object.keys(value).map((key) => [key, show(key)]));
}
