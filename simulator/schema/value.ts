/**
 * Values as the engine hands them over: plain JSON in which what is not yet known is the SDK's sentinel string. Importing it
 * from the SDK would load the whole SDK for one constant; a test holds the two together.
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** Whether a value, or anything inside it, is not known yet. */
export function holdsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isObject(value) ? Object.values(value).some(holdsUnknown) : isUnknown(value);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Null is how a provider is told that a property is not set. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** The engine keeps notes of its own among the properties: `__defaults`, `__meta`. */
export function isInternal(name: string): boolean {
  return name.startsWith("__");
}

/** A property path as Pulumi writes it: `vpcConfig.subnetIds[0]`, `tags["a.b"]`. */
export function childPath(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** The same path without indices and map keys, as the facts write it: `vpcConfig.subnetIds`. */
export function plainPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** What a value is, in words for a message. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
