import { isDeepStrictEqual } from "node:util";
import { conditions, type Decide, keptObjects } from "./changes/index.ts";
import { objectProperties } from "./check.ts";
import { isPolicy, samePolicy } from "./policy-equality.ts";
import type { Properties, ResourceSchema, Shape } from "./shape.ts";
import { childPath, isAbsent, isInternal, isObject, isUnknown, plainPath } from "./value.ts";

/** A property that differs between the current and the desired state. */
export interface Change {
  /** In Pulumi's format: `vpcConfig.subnetIds[0]`. */
  readonly path: string;
  readonly kind: "add" | "update" | "delete";
  /** Whether the change requires a replacement. */
  readonly replace: boolean;
}

interface Scope {
  readonly types: ResourceSchema["types"];
  readonly replaceOn: ReadonlySet<string>;
  readonly sets: ReadonlySet<string>;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly strict: boolean;
  /** Overrides the list of properties that require a replacement. */
  readonly decide: Decide;
  readonly kept: ReadonlySet<string>;
  readonly changes: Change[];
}

/**
 * The changes between the old and the new inputs of a resource, as in bridged providers: an unknown new value may be a change; a
 * list that is a set has no order; a removed property gets its default, and a computed one keeps its value; absent and empty are the
 * same, except on Kubernetes; JSON strings are compared by content, policies without the
 * order of their lists. Conditions decide where a list of properties cannot.
 */
export function plan(
  schema: ResourceSchema,
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
): Change[] {
  const scope: Scope = {
    types: schema.types,
    replaceOn: new Set(schema.replaceOn),
    sets: new Set(schema.sets),
    defaults: schema.defaults ?? {},
    strict: schema.strict ?? false,
    decide: conditions(schema.type, olds, news),
    kept: keptObjects(schema.type),
    changes: [],
  };
  diffObject(schema.properties, olds, news, { path: "", plain: "" }, scope);
  return scope.changes;
}

interface Place {
  readonly path: string;
  readonly plain: string;
}

function diffObject(
  properties: Properties,
  old: Record<string, unknown>,
  wanted: Record<string, unknown>,
  place: Place,
  scope: Scope,
): void {
  for (const name of new Set([...Object.keys(old), ...Object.keys(wanted)])) {
    if (isInternal(name)) continue;
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const at = { path: childPath(place.path, name), plain: plainPath(place.plain, name) };
    const fallback = scope.defaults[at.plain];
    const before = old[name] ?? fallback;
    const after = wanted[name] ?? fallback;
    const computed = property?.always && !property.required && !scope.strict;
    if (!isAbsent(after) || !(computed || scope.kept.has(at.plain)))
      diffValue(property?.type ?? "any", before, after, at, scope);
  }
}

function diffValue(shape: Shape, before: unknown, after: unknown, at: Place, scope: Scope): void {
  if (before === after || same(shape, before, after, scope)) return;
  if (isUnknown(after)) {
    change(at, isAbsent(before) ? "add" : "update", false, scope);
  } else if (isUnknown(before)) {
    change(at, isAbsent(after) ? "delete" : "update", false, scope);
  } else if (isAbsent(before)) {
    change(at, "add", replacesInside(shape, after, at.plain, scope), scope);
  } else if (isAbsent(after)) {
    change(at, "delete", replacesInside(shape, before, at.plain, scope), scope);
  } else if (Array.isArray(before) && Array.isArray(after)) {
    const element = typeof shape === "object" && "array" in shape ? shape.array : "any";
    const diff = scope.sets.has(at.plain) ? diffSet : diffList;
    diff(element, before, after, at, scope);
  } else if (isObject(before) && isObject(after)) {
    diffBag(shape, before, after, at, scope);
  } else {
    change(at, "update", false, scope);
  }
}

function diffBag(
  shape: Shape,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  at: Place,
  scope: Scope,
): void {
  const inner =
    typeof shape === "object" && "anyOf" in shape
      ? shape.anyOf.find((one) => typeof one === "object")
      : shape;
  if (typeof inner === "object" && ("ref" in inner || "fields" in inner)) {
    diffObject(objectProperties(inner, scope.types), before, after, at, scope);
  } else {
    const element = typeof inner === "object" && "map" in inner ? inner.map : "any";
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      diffValue(
        element,
        before[key],
        after[key],
        { path: childPath(at.path, key), plain: at.plain },
        scope,
      );
    }
  }
}

function diffList(
  element: Shape,
  before: unknown[],
  after: unknown[],
  at: Place,
  scope: Scope,
): void {
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    diffValue(
      element,
      before[index],
      after[index],
      { path: childPath(at.path, index), plain: at.plain },
      scope,
    );
  }
}

/** A set: common elements are unchanged in any position; the others are paired in order. */
function diffSet(
  element: Shape,
  before: unknown[],
  after: unknown[],
  at: Place,
  scope: Scope,
): void {
  const equal = (old: unknown, now: unknown): boolean =>
    !isUnknown(now) && (isDeepStrictEqual(old, now) || same(element, old, now, scope));
  const gone = before.map((value, index) => ({ value, index }));
  const come = after
    .map((value, index) => ({ value, index }))
    .filter(({ value }) => {
      const found = gone.findIndex((old) => equal(old.value, value));
      if (found >= 0) gone.splice(found, 1);
      return found < 0;
    });
  for (let index = 0; index < Math.max(gone.length, come.length); index++) {
    const place = childPath(at.path, come[index]?.index ?? gone[index]?.index ?? index);
    diffValue(
      element,
      gone[index]?.value,
      come[index]?.value,
      { path: place, plain: at.plain },
      scope,
    );
  }
}

/** Whether a bridged provider treats two different values as equal. */
function same(shape: Shape, before: unknown, after: unknown, scope: Scope): boolean {
  if (scope.strict || isUnknown(before) || isUnknown(after)) return false;
  if (isEmpty(before) && isEmpty(after)) return true;
  if (typeof before === "object" || typeof after === "object") return false;
  if (shape === "number") return Number(before) === Number(after);
  if (String(before) === String(after)) return true;
  return sameJson(before, after);
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return isAbsent(value) || value === "" || value === false || value === 0;
}

function sameJson(before: unknown, after: unknown): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  if (!/^\s*[{[]/.test(before) || !/^\s*[{[]/.test(after)) return false;
  try {
    const [old, now]: unknown[] = [JSON.parse(before), JSON.parse(after)];
    return isPolicy(old) && isPolicy(now) ? samePolicy(old, now) : isDeepStrictEqual(old, now);
  } catch {
    return false;
  }
}

function change(at: Place, kind: Change["kind"], inside: boolean, scope: Scope): void {
  const replace = scope.decide(at.plain) ?? (inside || replaces(at.plain, scope));
  scope.changes.push({ path: at.path, kind, replace });
}

function replaces(plain: string, scope: Scope): boolean {
  if (scope.replaceOn.has(plain)) return true;
  // On Kubernetes everything below an immutable property is immutable.
  const cut = plain.lastIndexOf(".");
  return scope.strict && cut > 0 && replaces(plain.slice(0, cut), scope);
}

/** Whether adding or removing an object adds or removes a property whose change requires a replacement. */
function replacesInside(shape: Shape, value: unknown, plain: string, scope: Scope): boolean {
  if (Array.isArray(value)) {
    const element = typeof shape === "object" && "array" in shape ? shape.array : "any";
    return value.some((item) => replacesInside(element, item, plain, scope));
  }
  if (!isObject(value) || typeof shape !== "object") return false;
  if (!("ref" in shape || "fields" in shape)) return false;
  const properties = objectProperties(shape, scope.types);
  return Object.entries(value).some(([name, inner]) => {
    const type = properties[name]?.type;
    const at = plainPath(plain, name);
    return (
      type !== undefined &&
      !isAbsent(inner) &&
      (replaces(at, scope) || replacesInside(type, inner, at, scope))
    );
  });
}
