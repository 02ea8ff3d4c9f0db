/**
 * Values from the engine: plain JSON in which unknown values are the SDK's sentinel string. Importing it from the SDK would load the
 * whole SDK for one constant; a test compares the two.
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** Whether a value is or contains an unknown value. */
export function holdsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isObject(value) ? Object.values(value).some(holdsUnknown) : isUnknown(value);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A provider receives null for a property that is not set. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Internal properties of the engine: `__defaults`, `__meta`. */
export function isInternal(name: string): boolean {
  return name.startsWith("__");
}

/** A property path in Pulumi's format: `vpcConfig.subnetIds[0]`, `tags["a.b"]`. */
export function childPath(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** The same path without indices and map keys, as in the facts: `vpcConfig.subnetIds`. */
export function plainPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** A description of a value for messages. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
