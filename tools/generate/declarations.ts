import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";

/** An interface of a declaration file, and the file, in which the types that it uses are resolved. */
export interface Declared {
  readonly node: ts.InterfaceDeclaration;
  readonly file: ts.SourceFile;
}

/**
 * Parses a declaration file. A type checker is not needed, and would be slow on the SDKs' 25 MB of declarations.
 */
export function parseFile(path: string): ts.SourceFile {
  // With parents, through which the compiler finds a declaration's comment.
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
}

/** The interfaces of a file by name; those inside namespaces as `eks.ClusterVpcConfig`. */
export function interfacesOf(file: ts.SourceFile): Map<string, Declared> {
  const found = new Map<string, Declared>();
  const visit = (statements: readonly ts.Statement[], prefix: string): void => {
    for (const statement of statements) {
      if (ts.isInterfaceDeclaration(statement)) {
        found.set(`${prefix}${statement.name.text}`, { node: statement, file });
      } else if (
        ts.isModuleDeclaration(statement) &&
        statement.body &&
        ts.isModuleBlock(statement.body)
      ) {
        visit(statement.body.statements, `${prefix}${statement.name.text}.`);
      } else if (
        ts.isModuleDeclaration(statement) &&
        statement.body &&
        ts.isModuleDeclaration(statement.body)
      ) {
        visit([statement.body], `${prefix}${statement.name.text}.`);
      }
    }
  };
  visit(file.statements, "");
  return found;
}

/** The value sets that an SDK declares as constant objects, by name: `rds.EngineType`. */
export function enumsOf(indexFile: string): Map<string, readonly (string | number)[]> {
  const found = new Map<string, readonly (string | number)[]>();
  const visitFile = (path: string, prefix: string): void => {
    const file = parseFile(path);
    const modules = new Map<string, string>();
    for (const statement of file.statements) {
      if (ts.isImportDeclaration(statement)) {
        const name = statement.importClause?.namedBindings;
        if (name && ts.isNamespaceImport(name) && ts.isStringLiteral(statement.moduleSpecifier)) {
          modules.set(name.name.text, statement.moduleSpecifier.text);
        }
      } else if (ts.isVariableStatement(statement)) {
        for (const declaration of statement.declarationList.declarations) {
          const values = literalMembers(declaration.type);
          if (values && ts.isIdentifier(declaration.name))
            found.set(`${prefix}${declaration.name.text}`, values);
        }
      }
    }
    for (const [name, specifier] of modules) {
      visitFile(resolve(dirname(path), specifier, "index.d.ts"), `${prefix}${name}.`);
    }
  };
  visitFile(join(indexFile), "");
  return found;
}

function literalMembers(type: ts.TypeNode | undefined): (string | number)[] | undefined {
  if (!type || !ts.isTypeLiteralNode(type)) return undefined;
  const values = type.members.map((member) =>
    ts.isPropertySignature(member) && member.type && ts.isLiteralTypeNode(member.type)
      ? literalValue(member.type)
      : undefined,
  );
  return values.every((value) => typeof value === "string" || typeof value === "number")
    ? values
    : undefined;
}

/** The value of a literal type, or undefined when it is not a string, number or boolean. */
export function literalValue(type: ts.LiteralTypeNode): string | number | boolean | undefined {
  const { literal } = type;
  if (ts.isStringLiteral(literal) || ts.isNoSubstitutionTemplateLiteral(literal))
    return literal.text;
  if (ts.isNumericLiteral(literal)) return Number(literal.text);
  if (literal.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (literal.kind === ts.SyntaxKind.FalseKeyword) return false;
  return undefined;
}

/** A qualified type name: `inputs.eks.ClusterVpcConfig`. */
export function entityName(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${entityName(name.left)}.${name.right.text}`;
}

/** The text of a property's name, quoted or not. */
export function memberName(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)
    ? name.text
    : undefined;
}
