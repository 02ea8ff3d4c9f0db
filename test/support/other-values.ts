/** Other values for each field of a schema, from its JSON Schema and a table of examples. */
import { z } from "zod";

interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A field that can be given: its path, with `*` for any key of a map. */
export interface Field {
  readonly path: string;
  readonly shape: Shape;
}

/** All fields of a schema, without the objects that only hold other fields. */
export function fieldsOf(schema: z.ZodType): readonly Field[] {
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
  const fields = new Map<string, Field>();
  for (const field of walk("", shape)) fields.set(field.path, field);
  return [...fields.values()];
}

function walk(path: string, shape: Shape): Field[] {
  const forms = shape.anyOf ?? shape.oneOf ?? [shape];
  return forms.flatMap((form): Field[] => {
    if (form.properties !== undefined) {
      return Object.entries(form.properties).flatMap(([name, inner]) =>
        walk(path === "" ? name : `${path}.${name}`, inner),
      );
    }
    if (typeof form.additionalProperties === "object") {
      return [
        ...(path === "" ? [] : [{ path, shape }]),
        ...walk(path === "" ? "*" : `${path}.*`, form.additionalProperties),
      ];
    }
    return [{ path, shape }];
  });
}

/** Values that the field may have instead of this one; not all need to be valid together with other fields. */
export function otherValues(shape: Shape, value: unknown): unknown[] {
  const forms = shape.anyOf ?? shape.oneOf;
  if (forms !== undefined) return forms.flatMap((form) => otherValues(form, value));
  if (shape.enum !== undefined) return shape.enum.filter((one) => one !== value);
  if (shape.const !== undefined) return shape.const === value ? [] : [shape.const];
  switch (shape.type) {
    case "boolean":
      return typeof value === "boolean" ? [!value] : [true, false];
    case "integer":
    case "number":
      return numbers(shape, typeof value === "number" ? value : undefined);
    case "array":
      return Array.isArray(value) && value.length > 0 ? [value.slice(0, -1)] : [];
    case "object":
      return withoutOne(value);
    default:
      return typeof value === "string" ? texts(value) : [];
  }
}

function numbers({ minimum = 0, maximum = 1_000_000 }: Shape, value: number | undefined): number[] {
  const around = value === undefined ? [minimum, minimum + 1] : [value + 1, value - 1, value * 2];
  return around.filter((one) => one >= minimum && one <= maximum && one !== value);
}

/** The double and the half of a size or duration. */
function texts(value: string): string[] {
  const [, amount, unit] = /^(\d+) ([A-Za-z]+)$/.exec(value) ?? [];
  if (amount === undefined) return [];
  return [Number(amount) * 2, Number(amount) / 2]
    .filter((one) => Number.isInteger(one) && one > 0)
    .map((one) => `${one} ${unit}`);
}

/** The map without its last entry. */
function withoutOne(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  return entries.length === 0 ? [] : [Object.fromEntries(entries.slice(0, -1))];
}
