import { readFileSync } from "node:fs";
import ts from "typescript";
import type { InvokeSchema, Property, ResourceSchema } from "../../simulator/schema/shape.ts";
import { interfacesOf, memberName, parseFile } from "./declarations.ts";
import type { Sdk } from "./sdk.ts";
import {
  isDeprecated,
  type Member,
  mergeSides,
  type Resolve,
  readMembers,
  readType,
} from "./shape.ts";

/**
 * The schema of a resource type, from the SDK.
 *
 * @throws Error when the type is not in the SDK, or when its declarations and its code disagree on what is required.
 */
export function readResource(sdk: Sdk, type: string): ResourceSchema {
  const module = sdk.resources.get(type);
  if (module === undefined)
    throw new Error(`@pulumi/${sdk.name} ${sdk.version} has no resource type ${type}`);
  const file = parseFile(`${module}.d.ts`);
  const declaration = file.statements.find(ts.isClassDeclaration);
  const className = declaration?.name?.text;
  if (!declaration || className === undefined) throw new Error(`${module}.d.ts declares no class`);
  const args = interfacesOf(file).get(`${className}Args`);
  const inputs = args ? readMembers(args.node, sdk.resolve) : [];
  const code = readFileSync(`${module}.js`, "utf8");
  agreeOnRequired(type, inputs, code);
  const merged = mergeSides(inputs, readOutputs(declaration, sdk.resolve));
  const secrets = secretsIn(code);
  const properties = Object.fromEntries(
    Object.entries(merged).map(([name, property]): [string, Property] => [
      name,
      secrets.has(name) ? { ...property, secret: true } : property,
    ]),
  );
  return {
    type,
    properties,
    types: sdk.typesOf(Object.values(properties).map((property) => property.type)),
  };
}

/** The schema of a data source or function. */
export function readInvoke(sdk: Sdk, token: string): InvokeSchema {
  const module = sdk.functions.get(token);
  if (module === undefined)
    throw new Error(`@pulumi/${sdk.name} ${sdk.version} has no function ${token}`);
  const file = parseFile(`${module}.d.ts`);
  const interfaces = interfacesOf(file);
  const side = (suffix: string): Member[] => {
    const found = [...interfaces].find(
      ([name]) => name.endsWith(suffix) && !name.endsWith(`Output${suffix}`),
    );
    return found ? readMembers(found[1].node, sdk.resolve) : [];
  };
  const args = mergeSides(side("Args"), []);
  const result = mergeSides([], side("Result"));
  const shapes = [...Object.values(args), ...Object.values(result)].map(({ type }) => type);
  return { token, args, result, types: sdk.typesOf(shapes) };
}

function readOutputs(declaration: ts.ClassDeclaration, resolve: Resolve): Member[] {
  return declaration.members.flatMap((member) => {
    if (!ts.isPropertyDeclaration(member) || !member.type || isStatic(member)) return [];
    const name = memberName(member.name);
    if (name === undefined) return [];
    const { shape, optional } = readType(member.type, resolve);
    return [{ name, shape, optional, deprecated: isDeprecated(member) }];
  });
}

function isStatic(member: ts.PropertyDeclaration): boolean {
  return member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
}

/** Compares the required properties of the constructor and of the declarations. */
function agreeOnRequired(type: string, inputs: readonly Member[], code: string): void {
  const thrown = [...code.matchAll(/"Missing required property '(\w+)'"/g)]
    .map(([, name]) => name ?? "")
    .sort();
  const declared = inputs
    .filter(({ optional }) => !optional)
    .map(({ name }) => name)
    .sort();
  if (thrown.join() !== declared.join()) {
    throw new Error(`${type}: the code requires [${thrown}], the declarations [${declared}]`);
  }
}

function secretsIn(code: string): Set<string> {
  const list = /additionalSecretOutputs: \[([^\]]*)\]/.exec(code)?.[1] ?? "";
  return new Set([...list.matchAll(/"(\w+)"/g)].map(([, name]) => name ?? ""));
}
