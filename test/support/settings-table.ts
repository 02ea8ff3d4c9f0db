import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { z } from "zod";

interface Doc {
  readonly text: string;
  readonly fallback?: string;
  readonly fields: ReadonlyMap<string, Doc>;
}

/** JSON Schema as zod writes it, as far as the table reads it. */
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
 * The settings of a schema as a Markdown table: what is taken and the defaults from the schema itself, what they mean from the
 * comments in its source.
 *
 * @param folder the component's folder, whose `*schema.ts` files hold the source
 * @param constant the name of the object of settings, or of the schema
 */
export function settingsTable(folder: string, constant: string, schema: z.ZodType): string {
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
  const docs = new Source(folder).fieldsOf(constant);
  const lines = rows("", shape, docs);
  return ["| setting | takes | default | |", "|---|---|---|---|", ...lines].join("\n");
}

function rows(path: string, shape: Shape, docs: ReadonlyMap<string, Doc>): string[] {
  return Object.entries(shape.properties ?? {}).flatMap(([field, inner]) => {
    const doc: Doc = docs.get(field) ?? { text: "", fields: new Map() };
    const name = `${path}${field}`;
    const entries =
      typeof inner.additionalProperties === "object" ? inner.additionalProperties : undefined;
    if (inner.properties) return rows(`${name}.`, inner, doc.fields);
    const initial =
      inner.default !== undefined && !isLong(inner.default)
        ? `\`${JSON.stringify(inner.default)}\``
        : (doc.fallback ?? (shape.required?.includes(field) ? "required" : "none"));
    const row = `| \`${name}\` | ${typeText(inner)} | ${initial} | ${doc.text} |`;
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
      return "text";
  }
}

function range({ minimum, maximum }: Shape): string {
  const known = [minimum, maximum].every((end) => end !== undefined && Math.abs(end) < 2 ** 31);
  return known ? `, ${minimum} to ${maximum}` : "";
}

/** The comments beside the fields of object literals in a folder's schemas. */
class Source {
  readonly #constants = new Map<string, ts.Expression>();

  constructor(folder: string) {
    const files = readdirSync(folder).filter((name) => name.endsWith("schema.ts"));
    const imported = files.flatMap((name) => this.#read(join(folder, name)));
    for (const file of new Set(imported)) this.#read(file);
  }

  /** Takes the constants of a file that are not known yet, and gives the schemas of other folders that it imports. */
  #read(file: string): string[] {
    const parsed = ts.createSourceFile(
      file,
      readFileSync(file, "utf8"),
      ts.ScriptTarget.Latest,
      true,
    );
    return parsed.statements.flatMap((statement) => {
      if (ts.isImportDeclaration(statement)) {
        const { text } = statement.moduleSpecifier as ts.StringLiteral;
        return /^\.\.\/.*schema\.ts$/.test(text) ? [join(dirname(file), text)] : [];
      }
      if (!ts.isVariableStatement(statement)) return [];
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!ts.isIdentifier(name) || !initializer || this.#constants.has(name.text)) continue;
        this.#constants.set(name.text, initializer);
      }
      return [];
    });
  }

  fieldsOf(constant: string): ReadonlyMap<string, Doc> {
    const initializer = this.#constants.get(constant);
    if (!initializer) throw new Error(`there is no constant "${constant}" in the schemas`);
    return this.#fields(initializer);
  }

  #fields(expression: ts.Node): Map<string, Doc> {
    const literal = this.#literal(expression);
    const fields = new Map<string, Doc>();
    for (const property of literal?.properties ?? []) {
      if (ts.isSpreadAssignment(property)) {
        for (const [name, doc] of this.#fields(property.expression)) fields.set(name, doc);
      } else if (ts.isPropertyAssignment(property) && property.name) {
        fields.set(property.name.getText(), this.#doc(property));
      }
    }
    return fields;
  }

  /** The first object literal in an expression, also behind the names of other constants. */
  #literal(node: ts.Node): ts.ObjectLiteralExpression | undefined {
    if (ts.isObjectLiteralExpression(node)) return node;
    const named = ts.isIdentifier(node) ? this.#constants.get(node.text) : undefined;
    if (named) return this.#literal(named);
    return ts.forEachChild(node, (child) => this.#literal(child));
  }

  #doc(property: ts.PropertyAssignment): Doc {
    const comment = ts.getJSDocCommentsAndTags(property).find((node) => ts.isJSDoc(node));
    const fallback = ts.getJSDocTags(property).find(({ tagName }) => tagName.text === "default");
    const text = oneLine(ts.getTextOfJSDocComment(comment?.comment));
    const initial = oneLine(ts.getTextOfJSDocComment(fallback?.comment));
    return {
      text,
      ...(initial ? { fallback: initial } : {}),
      fields: this.#fields(property.initializer),
    };
  }
}

function oneLine(text: string | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
}
