/** Reads the comments on the fields of schemas: the only descriptions of settings. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** The documentation of a field. */
export interface Doc {
  readonly text: string;
  /** The text of `@default`, where the schema has no default to show. */
  readonly fallback?: string;
  /** Its nested fields. */
  readonly fields: Docs;
}

export type Docs = ReadonlyMap<string, Doc>;

/** A node of a source file, and the file in which its names are resolved. */
interface Place {
  readonly node: ts.Node;
  readonly file: string;
}

const deepest = 12;

/** Reads and caches source files. */
export class Comments {
  readonly #files = new Map<string, ts.SourceFile>();

  /**
   * The documented fields of a constant: an object of fields, or a schema. For a union, the fields of all members.
   *
   * @throws Error when the file has no such constant
   */
  fieldsOf(file: string, constant: string): Docs {
    return this.#fields(this.#placeOf(file, constant), 0);
  }

  /** The same for each member of a union, or each object that a function creates, in order. */
  membersOf(file: string, constant: string): Docs[] {
    return this.#literals(this.#placeOf(file, constant), 0).map((place) => this.#fields(place, 0));
  }

  #placeOf(file: string, constant: string): Place {
    const place = this.#resolve(file, constant);
    if (place) return place;
    throw new Error(`there is no constant "${constant}" in ${file}`);
  }

  #fields(place: Place, depth: number): Docs {
    const fields = new Map<string, Doc>();
    if (depth > deepest) return fields;
    const add = (docs: Docs) => {
      for (const [name, doc] of docs) if (!fields.get(name)?.text) fields.set(name, doc);
    };
    for (const { node, file } of this.#literals(place, depth)) {
      for (const property of node.properties) {
        if (ts.isSpreadAssignment(property)) {
          add(this.#fields({ node: property.expression, file }, depth + 1));
        } else if (
          ts.isPropertyAssignment(property) ||
          ts.isShorthandPropertyAssignment(property)
        ) {
          const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
          const doc = docOf(property, this.#fields({ node: value, file }, depth + 1));
          const name = nameOf(property.name);
          // A field that is redefined, for example with another default, keeps its comment.
          const before = fields.get(name);
          fields.set(name, doc.text || !before ? doc : { ...before, ...doc, text: before.text });
        }
      }
    }
    return fields;
  }

  /** The outermost object literals of an expression, including those of constants that it names. */
  #literals(
    { node, file }: Place,
    depth: number,
  ): { node: ts.ObjectLiteralExpression; file: string }[] {
    if (depth > deepest) return [];
    if (ts.isObjectLiteralExpression(node)) return [{ node, file }];
    if (ts.isIdentifier(node)) {
      const named = this.#resolve(file, node.text);
      return named ? this.#literals(named, depth + 1) : [];
    }
    // In `fields.shape.name` only the fields matter, in `function (argument)` the return value.
    if (ts.isPropertyAccessExpression(node))
      return this.#literals({ node: node.expression, file }, depth);
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    return children.flatMap((child) => this.#literals({ node: child, file }, depth));
  }

  /** The declaration of a name in a file. */
  #resolve(file: string, name: string): Place | undefined {
    for (const statement of this.#parsed(file).statements) {
      if (ts.isVariableStatement(statement)) {
        const found = statement.declarationList.declarations.find(
          (each) => ts.isIdentifier(each.name) && each.name.text === name,
        );
        if (found?.initializer) return { node: found.initializer, file };
      } else if (ts.isFunctionDeclaration(statement)) {
        if (statement.name?.text === name && statement.body) return { node: statement.body, file };
      } else if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) {
        const found = this.#passedOn(statement, file, name);
        if (found) return found;
      }
    }
    return undefined;
  }

  #passedOn(
    statement: ts.ImportDeclaration | ts.ExportDeclaration,
    file: string,
    name: string,
  ): Place | undefined {
    const from = statement.moduleSpecifier;
    if (!from || !ts.isStringLiteral(from) || !from.text.startsWith(".")) return undefined;
    const bindings = ts.isImportDeclaration(statement)
      ? statement.importClause?.namedBindings
      : statement.exportClause;
    if (!bindings || !(ts.isNamedImports(bindings) || ts.isNamedExports(bindings)))
      return undefined;
    const elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[] = bindings.elements;
    const found = elements.find((element) => element.name.text === name);
    const source = path.join(path.dirname(file), from.text);
    if (!found || !existsSync(source)) return undefined;
    return this.#resolve(source, (found.propertyName ?? found.name).text);
  }

  #parsed(file: string): ts.SourceFile {
    const known = this.#files.get(file);
    if (known) return known;
    const text = readFileSync(file, "utf8");
    const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    this.#files.set(file, parsed);
    return parsed;
  }
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText();
}

function docOf(property: ts.ObjectLiteralElementLike, fields: Docs): Doc {
  const comment = ts.getJSDocCommentsAndTags(property).find((node) => ts.isJSDoc(node));
  const fallback = ts.getJSDocTags(property).find(({ tagName }) => tagName.text === "default");
  const text = oneLine(ts.getTextOfJSDocComment(comment?.comment));
  const initial = oneLine(ts.getTextOfJSDocComment(fallback?.comment));
  return { text, ...(initial ? { fallback: initial } : {}), fields };
}

function oneLine(text: string | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}
