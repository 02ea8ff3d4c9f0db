import ts from "typescript";
import type { Property, Scalar, Shape } from "../../simulator/schema/shape.ts";
import { entityName, literalValue, memberName } from "./declarations.ts";

/** The shape of a name in a declaration; undefined when the name is unknown. */
export type Resolve = (name: string) => Shape | undefined;

/** A type of a declaration, and whether it may be undefined. */
export interface Read {
  readonly shape: Shape;
  readonly optional: boolean;
}

const wrappers = new Set(["pulumi.Input", "pulumi.Output"]);
const assets = new Set(["pulumi.asset.Asset", "pulumi.asset.Archive"]);

/**
 * Reads a type in the forms that the SDKs use: `pulumi.Input<pulumi.Input<inputs.eks.X>[] | undefined>`, `string | enums.ec2.Y`,
 * `{[key: string]: pulumi.Input<string>}`, `string | Role`.
 *
 * @throws Error for an unknown form, so that a new release of an SDK is not misread.
 */
export function readType(node: ts.TypeNode, resolve: Resolve): Read {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { shape: "string", optional: false };
    case ts.SyntaxKind.NumberKeyword:
      return { shape: "number", optional: false };
    case ts.SyntaxKind.BooleanKeyword:
      return { shape: "boolean", optional: false };
    case ts.SyntaxKind.AnyKeyword:
    case ts.SyntaxKind.UnknownKeyword:
    case ts.SyntaxKind.ObjectKeyword:
      return { shape: "any", optional: false };
  }
  if (ts.isParenthesizedTypeNode(node)) return readType(node.type, resolve);
  if (ts.isArrayTypeNode(node))
    return required({ array: readType(node.elementType, resolve).shape });
  if (ts.isUnionTypeNode(node)) return readUnion(node.types, resolve);
  if (ts.isLiteralTypeNode(node)) return required({ enum: [literal(node)] });
  if (ts.isTypeLiteralNode(node)) return required(readLiteral(node, resolve));
  if (ts.isTypeReferenceNode(node)) return readReference(node, resolve);
  throw new Error(`the generator does not support a type of kind ${ts.SyntaxKind[node.kind]}`);
}

function required(shape: Shape): Read {
  return { shape, optional: false };
}

function readReference(node: ts.TypeReferenceNode, resolve: Resolve): Read {
  const name = entityName(node.typeName);
  const first = node.typeArguments?.[0];
  if (wrappers.has(name) && first) return readType(first, resolve);
  if (name === "Array" && first) return required({ array: readType(first, resolve).shape });
  if (assets.has(name)) return required("asset");
  const shape = resolve(name);
  if (shape === undefined) throw new Error(`the generator does not know the type ${name}`);
  return required(shape);
}

function readLiteral(node: ts.TypeLiteralNode, resolve: Resolve): Shape {
  const [member] = node.members;
  if (node.members.length === 1 && member && ts.isIndexSignatureDeclaration(member)) {
    return { map: readType(member.type, resolve).shape };
  }
  const members = readMembers(node, resolve);
  return { fields: mergeSides(members, members) };
}

function readUnion(nodes: readonly ts.TypeNode[], resolve: Resolve): Read {
  const given = nodes.filter(
    (node) => node.kind !== ts.SyntaxKind.UndefinedKeyword && !isNull(node),
  );
  const read = given.map((node) => readType(node, resolve));
  return {
    shape: join(read.map(({ shape }) => shape)),
    optional:
      nodes.some((node) => node.kind === ts.SyntaxKind.UndefinedKeyword) ||
      read.some((r) => r.optional),
  };
}

function isNull(node: ts.TypeNode): boolean {
  return ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword;
}

/** Merges shapes: literals become one enum; with a string, an enum is only a hint. */
function join(shapes: readonly Shape[]): Shape {
  const allowed = shapes.flatMap((shape) =>
    typeof shape === "object" && "enum" in shape ? shape.enum : [],
  );
  const rest = shapes.filter((shape) => !(typeof shape === "object" && "enum" in shape));
  const different = [...new Map(rest.map((shape) => [JSON.stringify(shape), shape])).values()];
  const open = different.includes("string");
  const all: Shape[] =
    allowed.length > 0 && !open ? [{ enum: [...new Set(allowed)] }, ...different] : different;
  const [only] = all;
  return all.length === 1 && only !== undefined ? only : { anyOf: all };
}

function literal(node: ts.LiteralTypeNode): Scalar {
  const value = literalValue(node);
  if (value === undefined)
    throw new Error("a literal type that is not a string, number or boolean");
  return value;
}

/** A member of an interface or class. */
export interface Member extends Read {
  readonly name: string;
  readonly deprecated: boolean;
}

/** The properties of an interface or object type. */
export function readMembers(
  node: ts.InterfaceDeclaration | ts.TypeLiteralNode,
  resolve: Resolve,
): Member[] {
  return node.members.flatMap((member) => {
    if (!ts.isPropertySignature(member) || !member.type) return [];
    const name = memberName(member.name);
    if (name === undefined) return [];
    const read = readType(member.type, resolve);
    const optional = member.questionToken !== undefined || read.optional;
    return [
      { name, shape: documented(member, read.shape), optional, deprecated: isDeprecated(member) },
    ];
  });
}

/** Whether a declaration has the tag `@deprecated`. */
export function isDeprecated(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some((tag) => tag.tagName.text === "deprecated");
}

/**
 * Google's resources and their comments are generated from definitions with enums: a comment has the sentence "Possible values are:
 * `A`, `B`." exactly where the provider validates the value at plan time.
 */
const possible = /Possible values are: ((?:`[^`\s]+`(?:, )?)+)\.(?:\s|$)/;

function documented(member: ts.PropertySignature, shape: Shape): Shape {
  if (shape !== "string" && !isListOfStrings(shape)) return shape;
  const text = ts
    .getJSDocCommentsAndTags(member)
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? "");
  const listed = possible.exec(text.join("\n"))?.[1];
  if (listed === undefined) return shape;
  const values: Shape = {
    enum: [...listed.matchAll(/`([^`]+)`/g)].map(([, value]) => value ?? ""),
  };
  return shape === "string" ? values : { array: values };
}

function isListOfStrings(shape: Shape): boolean {
  return typeof shape === "object" && "array" in shape && shape.array === "string";
}

/** Merges the input and the output side of an object, sorted by name. */
export function mergeSides(
  inputs: readonly Member[],
  outputs: readonly Member[],
): Record<string, Property> {
  const byName = new Map<string, { input?: Member; output?: Member }>();
  for (const input of inputs) byName.set(input.name, { input });
  for (const output of outputs) byName.set(output.name, { ...byName.get(output.name), output });
  return Object.fromEntries(
    [...byName]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, sides]) => [name, property(sides.input, sides.output)]),
  );
}

function property(input: Member | undefined, output: Member | undefined): Property {
  const shape = input?.shape ?? output?.shape;
  if (shape === undefined) throw new Error("a property must be an input or an output");
  return {
    type: shape,
    ...(input && !input.optional ? { required: true as const } : {}),
    ...(input ? {} : { computed: true as const }),
    ...(output ? {} : { inputOnly: true as const }),
    ...(output && !output.optional ? { always: true as const } : {}),
    ...(input?.deprecated || output?.deprecated ? { deprecated: true as const } : {}),
  };
}
