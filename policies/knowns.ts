/**
 * Judging values of which some are not known until deployment. Reading such a value throws; these functions look at what is
 * known first, so that an unknown counts only where it could change the answer.
 */
import * as sdk from "@pulumi/policy";

/** What reading a value throws when the value is not known until deployment. */
export interface UnknownValueError extends Error {
  /** Where the value stands, from the resource's properties down. */
  readonly props: readonly string[];
}

// The SDK exports the class but leaves its declaration out of its types.
const UnknownValue: unknown = Reflect.get(sdk, "UnknownValueError");

export function isUnknownValueError(error: unknown): error is UnknownValueError {
  return typeof UnknownValue === "function" && error instanceof UnknownValue;
}

/** Whether the value itself is not known; values within it may be unknown all the same. */
export function isUnknown(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (isUnknownValueError(error)) return true;
    throw error;
  }
}

/** The first element that passes. An unknown element counts only when no known one passes; then it throws. */
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

/** Whether all facts hold. One that does not decides, whatever is unknown about the others. */
export function everyFact(...facts: readonly (() => boolean)[]): boolean {
  return firstOf(facts, (fact) => !fact()) === undefined;
}

/** Whether a fact holds. One that does decides, whatever is unknown about the others. */
export function anyFact(...facts: readonly (() => boolean)[]): boolean {
  return firstOf(facts, (fact) => fact()) !== undefined;
}

/**
 * Whether something is given: for where only presence matters, as with a key's ARN. A reference that is not known yet is given,
 * since it stands for a resource that is made in the same run; an empty text or list is not.
 */
export function isGiven<T extends object>(object: T | undefined, key: keyof T & string): boolean {
  if (object === undefined || object === null || !(key in object)) return false;
  if (isUnknown(() => object[key])) return true;
  const value: unknown = object[key];
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== "";
}

/** A copy that can be shown: values that are not known yet are put in words. */
export function shown(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const show = (key: string | number) =>
    isUnknown(() => Reflect.get(value, key)) ? "(not known yet)" : shown(Reflect.get(value, key));
  return Array.isArray(value)
    ? [...value.keys()].map(show)
    : Object.fromEntries(Object.keys(value).map((key) => [key, show(key)]));
}
