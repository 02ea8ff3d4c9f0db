/** The SDK's markers of special values on the wire; see sdk/nodejs/runtime/rpc.ts in pulumi/pulumi. */
const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";

/** The value without its secret wrappers, at any depth. */
export function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (!isRecord(value)) return value;
  if (value[signature] === secret) return unwrapped(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrapped(inner)]));
}

/** The dotted paths of secret wrappers. */
export function secretPaths(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((inner, i) => secretPaths(inner, `${path}[${i}]`));
  if (!isRecord(value)) return [];
  if (value[signature] === secret) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    secretPaths(inner, path ? `${path}.${key}` : key),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
