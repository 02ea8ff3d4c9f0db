/** Physical names for resources without one, in the same way as Pulumi's providers. */
import { createHash } from "node:crypto";
import { ownNameProperty } from "./outputs/making.ts";
import type { ResourceSchema } from "./schema/index.ts";
import { packageOf, parseUrn } from "./urn.ts";
import type { Bag } from "./wire.ts";

/** Required prefixes of names. */
const prefixes: Readonly<Record<string, string>> = { "aws:kms/alias:Alias": "alias/" };

/** `<resource name>-<7 hex>`, the same for the same URN. */
export function automaticName(urn: string): string {
  return `${parseUrn(urn).name}-${createHash("sha256").update(urn).digest("hex").slice(0, 7)}`;
}

/**
 * The inputs with a generated name if the type has one, none is set (an empty one is), and the set inputs do not exclude it. An existing resource
 * keeps its name.
 */
export function withName(schema: ResourceSchema, urn: string, inputs: Bag, olds: Bag): Bag {
  const property = ownNameProperty(schema);
  if (property === undefined || given(inputs, property)) return inputs;
  const declared = schema.properties[property];
  if (declared?.required === true || declared?.always !== true) return inputs;
  const rivals = (schema.conflictsWith ?? []).filter((group) => group.includes(property)).flat();
  const others = [...rivals, `${property}Prefix`].filter((other) => other !== property);
  if (others.some((other) => given(inputs, other))) return inputs;
  const name = `${prefixes[schema.type] ?? ""}${automaticName(urn)}`;
  return {
    ...inputs,
    [property]: olds[property] ?? (packageOf(schema.type) === "gcp" ? name.toLowerCase() : name),
  };
}

function given(inputs: Bag, property: string): boolean {
  return inputs[property] !== undefined && inputs[property] !== null;
}
