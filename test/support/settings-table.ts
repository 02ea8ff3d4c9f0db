import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Comments, type Doc, type Docs } from "../../tools/generate/comments.ts";

/** The parts of zod's JSON Schema that the table uses. */
interface Shape {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  oneOf?: Shape[];
  items?: Shape;
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
  required?: string[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
}

/**
 * The settings of a schema as a Markdown table: types and defaults come from the schema, descriptions from the comments in its source.
 *
 * @param folder the component's folder, with its `*schema.ts` files
 * @param constant the name of the object of settings, or of the schema
 */
export function settingsTable(folder: string, constant: string, schema: z.ZodType): string {
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
  const docs = new Comments().fieldsOf(fileWith(folder, constant), constant);
  const lines = rows("", shape, docs);
  return ["| setting | type | default | description |", "|---|---|---|---|", ...lines].join("\n");
}

function rows(path: string, shape: Shape, docs: Docs): string[] {
  return Object.entries(shape.properties ?? {}).flatMap(([field, inner]) => {
    // What exists already has a table of its own.
    if (field === "existing" && !docs.has(field)) return [];
    const doc: Doc = docs.get(field) ?? { text: "", fields: new Map() };
    const name = `${path}${field}`;
    const entries =
      typeof inner.additionalProperties === "object" ? inner.additionalProperties : undefined;
    if (inner.properties) return rows(`${name}.`, inner, doc.fields);
    const initial =
      inner.default !== undefined && !isLong(inner.default)
        ? `\`${JSON.stringify(inner.default)}\``
        : cell(doc.fallback ?? "") || (shape.required?.includes(field) ? "required" : "none");
    const row = `| \`${name}\` | ${typeText(inner)} | ${initial} | ${cell(doc.text)} |`;
    return entries?.properties ? [row, ...rows(`${name}.<name>.`, entries, doc.fields)] : [row];
  });
}

function isLong(value: unknown): boolean {
  return JSON.stringify(value).length > 40;
}

function typeText(shape: Shape): string {
  if (shape.enum) return shape.enum.map((value) => `\`${value}\``).join(", ");
  if (shape.const !== undefined) return `\`${shape.const}\``;
  const forms = shape.anyOf ?? shape.oneOf;
  if (forms) return [...new Set(forms.map(typeText))].join(" or ");
  switch (shape.type) {
    case "array":
      return `list of ${typeText(shape.items ?? {})}`;
    case "object":
      return "map";
    case "boolean":
      return "true or false";
    case "integer":
      return `whole number${range(shape)}`;
    case "number":
      return `number${range(shape)}`;
    default:
      return "string";
  }
}

function range({ minimum, maximum }: Shape): string {
  const known = [minimum, maximum].every((end) => end !== undefined && Math.abs(end) < 2 ** 31);
  return known ? `, ${minimum} to ${maximum}` : "";
}

/** The schema file of a folder that declares a constant. */
function fileWith(folder: string, constant: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith("schema.ts"));
  const declares = new RegExp(`^(export )?const ${constant}\\b`, "m");
  const found = files.find((name) => declares.test(readFileSync(join(folder, name), "utf8")));
  if (!found) throw new Error(`no schema of ${folder} declares "${constant}"`);
  return join(folder, found);
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
