import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckFailure } from "./check-failure.ts";
import { type Format, formatOf, formats } from "./formats.ts";
import type { Properties, ResourceSchema, Shape } from "./shape.ts";
import { childPath, describe, isAbsent, isObject, isUnknown, plainPath } from "./value.ts";

/** A rule for a value for which the SDK accepts any string or number: the provider's plan-time validation. */
export interface Rule {
  readonly oneOf?: readonly (string | number)[];
  /** A regular expression for the whole string. */
  readonly matches?: string;
  /** The expression in words, for the message. */
  readonly says?: string;
  readonly min?: number;
  readonly max?: number;
  readonly shortest?: number;
  readonly longest?: number;
  readonly format?: Format;
  /** Minimum and maximum number of items of a list or map. */
  readonly items?: readonly [number, number];
}

/** A file of rules by plain path: for a resource type, or for all types with a prefix that ends in `*`. */
export interface RuleFile {
  readonly source: string;
  readonly rules: Readonly<Record<string, Readonly<Record<string, Rule>>>>;
}

let files: readonly RuleFile[] | undefined;
const ofType = new Map<string, ReadonlyMap<string, Rule>>();

/** The rule files, loaded on first use. */
export function ruleFiles(): readonly RuleFile[] {
  const folder = join(import.meta.dirname, "rules");
  files ??= readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as RuleFile);
  return files;
}

/** The rules of a type by plain path; rules of the type override those of a prefix. */
export function rulesOf(type: string): ReadonlyMap<string, Rule> {
  const known = ofType.get(type);
  if (known) return known;
  const rules = new Map<string, Rule>();
  const sets = ruleFiles().flatMap((file) => Object.entries(file.rules));
  const families = sets.filter(
    ([name]) => name.endsWith("*") && type.startsWith(name.slice(0, -1)),
  );
  for (const [, byPath] of [...families, ...sets.filter(([name]) => name === type)]) {
    for (const [path, rule] of Object.entries(byPath)) rules.set(path, rule);
  }
  ofType.set(type, rules);
  return rules;
}

/** Checks a resource's inputs against the rules of its type and the formats of property names. */
export function checkRules(
  schema: ResourceSchema,
  inputs: Record<string, unknown>,
): CheckFailure[] {
  const rules = rulesOf(schema.type);
  const cloud = schema.type.split(":")[0] ?? "";
  const failures: CheckFailure[] = [];
  const visit = (shape: Shape, value: unknown, path: string, plain: string): void => {
    if (isUnknown(value) || isAbsent(value) || value === "") return;
    const rule = rules.get(plain);
    const counted = Array.isArray(value) || (typeof shape === "object" && "map" in shape);
    const broken = rule && (counted || !isObject(value)) ? breaks(rule, value) : undefined;
    if (broken) failures.push({ property: path, reason: broken });
    const format = formatOf(cloud, plain.slice(plain.lastIndexOf(".") + 1));
    if (format && !rule?.format && shape === "string" && typeof value === "string") {
      const reason = formats[format](value);
      if (reason) failures.push({ property: path, reason });
    }
    descend(shape, value, schema.types, path, plain, visit);
  };
  visitAll(schema.properties, inputs, "", "", visit);
  return failures;
}

type Visit = (shape: Shape, value: unknown, path: string, plain: string) => void;

function visitAll(
  properties: Properties,
  value: Record<string, unknown>,
  path: string,
  plain: string,
  visit: Visit,
): void {
  for (const [name, inner] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property) visit(property.type, inner, childPath(path, name), plainPath(plain, name));
  }
}

function descend(
  shape: Shape,
  value: unknown,
  types: ResourceSchema["types"],
  path: string,
  plain: string,
  visit: Visit,
): void {
  if (typeof shape === "string" || "enum" in shape) return;
  if ("array" in shape && Array.isArray(value)) {
    for (const [index, item] of value.entries())
      visit(shape.array, item, childPath(path, index), plain);
  } else if ("ref" in shape && isObject(value)) {
    visitAll(types[shape.ref] ?? {}, value, path, plain, visit);
  } else if ("fields" in shape && isObject(value)) {
    visitAll(shape.fields, value, path, plain, visit);
  }
}

/** Why a value violates a rule, or undefined. Checks the length of lists here, and their items later. */
export function breaks(rule: Rule, value: unknown): string | undefined {
  if (Array.isArray(value) || isObject(value)) return rule.items && wrongCount(rule.items, value);
  const got = `got ${describe(value)}`;
  const text = String(value);
  if (rule.oneOf && !rule.oneOf.some((one) => String(one) === text)) {
    return `must be one of ${rule.oneOf.join(", ")}, ${got}`;
  }
  const number = Number(value);
  if (rule.min !== undefined && !(number >= rule.min))
    return `must be at least ${rule.min}, ${got}`;
  if (rule.max !== undefined && !(number <= rule.max)) return `must be at most ${rule.max}, ${got}`;
  if (rule.shortest !== undefined && text.length < rule.shortest) {
    return `must have at least ${rule.shortest} characters, ${got}`;
  }
  if (rule.longest !== undefined && text.length > rule.longest) {
    return `must have at most ${rule.longest} characters, got ${text.length}`;
  }
  if (rule.matches !== undefined && !new RegExp(`^(?:${rule.matches})$`, "u").test(text)) {
    return `must be ${rule.says ?? `of the form ${rule.matches}`}, ${got}`;
  }
  return rule.format && formats[rule.format](text);
}

function wrongCount(
  [least, most]: readonly [number, number],
  value: unknown[] | Record<string, unknown>,
): string | undefined {
  const count = Array.isArray(value) ? value.length : Object.keys(value).length;
  if (count < least) return `must have at least ${least} items, got ${count}`;
  return count > most ? `must have at most ${most} items, got ${count}` : undefined;
}
