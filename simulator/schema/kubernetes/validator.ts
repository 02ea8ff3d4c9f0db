import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CheckFailure } from "../check-failure.ts";
import { childPath, describe, holdsUnknown, isObject } from "../value.ts";
import type { KubernetesKind } from "./kinds.ts";

/** An error of the compiled OpenAPI validators (Ajv's form). */
interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

const require = createRequire(import.meta.url);

/** Keywords that the check of the shape has already reported. */
const reportedElsewhere = new Set(["type", "required", "enum", "anyOf", "oneOf", "if", "$ref"]);

/**
 * Checks the values of an object by the OpenAPI schema of its kind: patterns, ranges, lengths, formats. Validators are loaded on
 * first use.
 */
export function checkBySchema(
  kind: KubernetesKind,
  value: Record<string, unknown>,
): CheckFailure[] {
  const validate = validatorOf(kind);
  if (validate(value)) return [];
  const failures = (validate.errors ?? [])
    .filter(({ keyword }) => !reportedElsewhere.has(keyword))
    .flatMap((error) => {
      const { path, found } = locate(value, error.instancePath);
      return holdsUnknown(found) ? [] : [{ property: path, reason: reasonOf(error, found) }];
    });
  return [
    ...new Map(
      failures.map((failure) => [`${failure.property} ${failure.reason}`, failure]),
    ).values(),
  ];
}

const validators = new Map<string, Validate>();

function validatorOf(kind: KubernetesKind): Validate {
  const known = validators.get(kind.ref);
  if (known) return known;
  // The package does not export all of its validators.
  const folder = dirname(fileURLToPath(import.meta.resolve("kubernetes-models")));
  const { validate } = require(join(folder, "_schemas", `${kind.ref}.js`)) as {
    validate: Validate;
  };
  validators.set(kind.ref, validate);
  return validate;
}

/** Converts a JSON pointer to a property path and its value. */
function locate(root: unknown, pointer: string): { path: string; found: unknown } {
  let path = "";
  let found = root;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    path = childPath(path, Array.isArray(found) ? Number(key) : key);
    found = Array.isArray(found) ? found[Number(key)] : isObject(found) ? found[key] : undefined;
  }
  return { path, found };
}

function reasonOf({ keyword, params }: SchemaError, found: unknown): string {
  const got = describe(found);
  switch (keyword) {
    case "pattern":
      return `must match ${String(params.pattern)}, got ${got}`;
    case "format":
      return `must be of format ${String(params.format)}, got ${got}`;
    case "minimum":
    case "maximum":
      return `must be ${String(params.comparison)} ${String(params.limit)}, got ${got}`;
    case "minItems":
    case "minLength":
    case "minProperties":
      return `must have at least ${String(params.limit)} ${unit(keyword)}, got ${got}`;
    case "maxItems":
    case "maxLength":
    case "maxProperties":
      return `must have at most ${String(params.limit)} ${unit(keyword)}, got ${got}`;
    default:
      return `violates the rule ${keyword} ${JSON.stringify(params)}, got ${got}`;
  }
}

function unit(keyword: string): string {
  if (keyword.endsWith("Items")) return "items";
  return keyword.endsWith("Length") ? "characters" : "entries";
}
