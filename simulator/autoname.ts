/** Physical names for resources whose program gives none, as Pulumi's providers do it. */
import { createHash } from "node:crypto";
import { ownNameProperty } from "./outputs/making.ts";
import type { ResourceSchema } from "./schema/index.ts";
import { packageOf, parseUrn } from "./urn.ts";
import type { Bag } from "./wire.ts";

/** Names that must begin in a certain way. */
const beginnings: Readonly<Record<string, string>> = { "aws:kms/alias:Alias": "alias/" };

/** `<resource name>-<7 hex>`, the same for the same URN. */
export function automaticName(urn: string): string {
  return `${parseUrn(urn).name}-${createHash("sha256").update(urn).digest("hex").slice(0, 7)}`;
}

/**
 * The inputs with a name where the type has one, none was given, and none is excluded by what was given; a resource that
 * stands keeps the name it has.
 */
export function withName(schema: ResourceSchema, urn: string, inputs: Bag, olds: Bag): Bag {
  const property = ownNameProperty(schema);
  if (property === undefined || given(inputs, property)) return inputs;
  const declared = schema.properties[property];
  if (declared?.required === true || declared?.always !== true) return inputs;
  const rivals = (schema.conflictsWith ?? []).filter((group) => group.includes(property)).flat();
  const others = [...rivals, `${property}Prefix`].filter((other) => other !== property);
  if (others.some((other) => given(inputs, other))) return inputs;
  const name = `${beginnings[schema.type] ?? ""}${automaticName(urn)}`;
  return {
    ...inputs,
    [property]: olds[property] ?? (packageOf(schema.type) === "gcp" ? name.toLowerCase() : name),
  };
}

function given(inputs: Bag, property: string): boolean {
  return inputs[property] !== undefined && inputs[property] !== null && inputs[property] !== "";
}
