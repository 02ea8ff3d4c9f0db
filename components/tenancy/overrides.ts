/** Settings of a tier that its tenants can override within bounds. Pure. */
import { z } from "zod";
import type { Problem } from "../core/errors.ts";
import { bytes, isDuration, isSize, seconds } from "../core/units.ts";

const value = z.union([z.number(), z.string()]);

/** A path of a setting: `namespaces.cpu`. */
const settingPath = z.string().regex(/^[a-zA-Z]+(\.[a-zA-Z]+)+$/, {
  error: 'must be the path of a setting of a section: "namespaces.cpu"',
});

export const boundsSchema = z.record(
  settingPath,
  z.strictObject({ min: value.optional(), max: value.optional() }),
);

export const overridesSchema = z.record(settingPath, value);

export type Bounds = z.output<typeof boundsSchema>;
export type Overrides = z.output<typeof overridesSchema>;

type Value = z.output<typeof value>;
type Fields = Readonly<Record<string, unknown>>;

/** The amount of a number, a size or a duration; undefined for other strings, which have no order. */
export function amountOf(given: Value): number | undefined {
  if (typeof given === "number") return given;
  if (isSize(given)) return bytes(given);
  return isDuration(given) ? seconds(given) : undefined;
}

/** Problems of bounds: each must be of the setting's kind, and not exclude the tier's own value. */
export function boundProblems(tier: Fields, bounds: Bounds): Problem[] {
  return Object.entries(bounds).flatMap(([path, { min, max }]): Problem[] => {
    const own = valueAt(tier, path);
    if (own === undefined) return [{ path, message: "must be a setting that the tier has" }];
    const amount = amountOf(own);
    if (amount === undefined) {
      return [{ path, message: "must be a setting with a number, a size or a duration", got: own }];
    }
    const wrong = [min, max].find((bound) => bound !== undefined && kindOf(bound) !== kindOf(own));
    if (wrong !== undefined) {
      return [{ path, message: `must have bounds such as ${JSON.stringify(own)}`, got: wrong }];
    }
    if ((amountOf(min ?? own) ?? 0) <= amount && amount <= (amountOf(max ?? own) ?? 0)) return [];
    return [{ path, message: `must have bounds that include the tier's own ${own}` }];
  });
}

/** A tier's fields with what a tenant overrides. Adds problems to `problems`, and leaves invalid overrides out. */
export function overridden<Tier extends object>(
  tier: Tier,
  bounds: Bounds,
  overrides: Overrides,
  problems: Problem[],
): Tier {
  return Object.entries(overrides).reduce((sum, [path, given]) => {
    const problem = overrideProblem(sum as Fields, bounds, path, given);
    if (problem === undefined) return withValue(sum, path.split("."), given) as Tier;
    problems.push(problem);
    return sum;
  }, tier);
}

function overrideProblem(
  tier: Fields,
  bounds: Bounds,
  path: string,
  given: Value,
): Problem | undefined {
  const { [path]: bound } = bounds;
  if (bound === undefined) {
    const known = Object.keys(bounds);
    const list = known.length === 0 ? "it allows none" : `it allows ${known.join(", ")}`;
    return { path, message: `must be a setting that the tier lets tenants override: ${list}` };
  }
  const own = valueAt(tier, path);
  if (own === undefined || kindOf(own) !== kindOf(given)) {
    return { path, message: `must be a value such as ${JSON.stringify(own)}`, got: given };
  }
  const { min = own, max = own } = bound;
  const amount = amountOf(given) ?? Number.NaN;
  if ((amountOf(min) ?? 0) <= amount && amount <= (amountOf(max) ?? 0)) return undefined;
  return { path, message: `must be from ${min} to ${max}`, got: given };
}

function kindOf(given: Value): string {
  if (typeof given === "number") return "number";
  return isSize(given) ? "size" : isDuration(given) ? "duration" : "string";
}

function valueAt(fields: Fields, path: string): Value | undefined {
  const found = path
    .split(".")
    .reduce<unknown>(
      (at, key) => (typeof at === "object" && at !== null ? (at as Fields)[key] : undefined),
      fields,
    );
  return typeof found === "number" || typeof found === "string" ? found : undefined;
}

function withValue(fields: object, [key = "", ...rest]: readonly string[], given: Value): object {
  const { [key]: inner } = fields as Fields;
  return { ...fields, [key]: rest.length === 0 ? given : withValue(inner as object, rest, given) };
}
