import { isIP, isIPv4, isIPv6 } from "node:net";
import { didYouMean } from "../nearest.ts";
import { describe } from "../value.ts";
import type { Structural } from "./structural.ts";

/** What is wrong with a string, number or boolean of the right type; empty if nothing is. */
export function valueReasons(schema: Structural, value: unknown): string[] {
  const reasons: string[] = [];
  if (schema.enum && !schema.enum.includes(value)) {
    const near = typeof value === "string" ? didYouMean(value, schema.enum.map(String)) : "";
    reasons.push(`must be one of ${schema.enum.join(", ")}, got ${describe(value)}${near}`);
  }
  if (typeof value === "string") reasons.push(...textReasons(schema, value));
  if (typeof value === "number") reasons.push(...numberReasons(schema, value));
  return reasons;
}

function textReasons({ pattern, format, minLength, maxLength }: Structural, value: string) {
  const reasons: string[] = [];
  const got = describe(value);
  const length = [...value].length;
  if (pattern !== undefined && !(expression(pattern)?.test(value) ?? true))
    reasons.push(`must match ${pattern}, got ${got}`);
  if (format !== undefined && Object.hasOwn(formats, format) && !formats[format]?.(value))
    reasons.push(`must be of format ${format}, got ${got}`);
  if (minLength !== undefined && length < minLength)
    reasons.push(`must have at least ${minLength} characters, got ${got}`);
  if (maxLength !== undefined && length > maxLength)
    reasons.push(`must have at most ${maxLength} characters, got ${got}`);
  return reasons;
}

function numberReasons(schema: Structural, value: number): string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  const reasons: string[] = [];
  const must = (rule: string): number => reasons.push(`must be ${rule}, got ${value}`);
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum))
    must(`${exclusiveMinimum ? ">" : ">="} ${minimum}`);
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum))
    must(`${exclusiveMaximum ? "<" : "<="} ${maximum}`);
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf))
    must(`a multiple of ${multipleOf}`);
  // The API server only warns; the project's controller cannot read such a number.
  if (format === "int32" && (value < -(2 ** 31) || value >= 2 ** 31)) must("a 32-bit number");
  return reasons;
}

const expressions = new Map<string, RegExp | undefined>();

/** A Go expression as a JavaScript one; undefined when JavaScript does not have its syntax. */
export function expression(pattern: string): RegExp | undefined {
  if (!expressions.has(pattern)) expressions.set(pattern, compile(pattern));
  return expressions.get(pattern);
}

function compile(pattern: string): RegExp | undefined {
  const insensitive = pattern.startsWith("(?i)");
  const source = (insensitive ? pattern.slice(4) : pattern).replaceAll("\\z", "$");
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(source, insensitive ? `${flags}i` : flags);
    } catch {
      // The other flags may fit: Go accepts escapes that JavaScript's mode "u" does not.
    }
  }
  return undefined;
}

const duration = /^[+-]?(0|(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/;
const dateTime = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;
const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const hostname =
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\.?$/i;

/** The formats that an API server checks (apiextensions-apiserver, pkg/apiserver/validation/formats.go); others are ignored. */
const formats: Readonly<Record<string, (value: string) => boolean>> = {
  byte: (value) =>
    /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(
      value.replaceAll(/\s/g, ""),
    ),
  cidr: (value) => {
    const [address = "", bits = "", more] = value.split("/");
    const most = isIPv4(address) ? 32 : 128;
    return more === undefined && isIP(address) > 0 && /^\d+$/.test(bits) && Number(bits) <= most;
  },
  date: (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && isTime(value),
  "date-time": (value) => dateTime.test(value) && isTime(value),
  datetime: (value) => dateTime.test(value) && isTime(value),
  duration: (value) => duration.test(value),
  email: (value) => /^[^@\s]+@[^@\s]+$/.test(value),
  hostname: (value) => hostname.test(value),
  ipv4: isIPv4,
  ipv6: isIPv6,
  mac: (value) => /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(value),
  uri: (value) => URL.canParse(value) || value.startsWith("/"),
  uuid: (value) => uuid.test(value),
};

function isTime(value: string): boolean {
  return !Number.isNaN(Date.parse(value));
}
