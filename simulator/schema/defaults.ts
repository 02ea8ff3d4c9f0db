import type { ResourceSchema } from "./shape.ts";
import { isAbsent } from "./value.ts";

/** Descriptions say who made a thing; the bridge puts its own name in place of Terraform's. */
const managedBy = new Map<unknown, string>([["Managed by Terraform", "Managed by Pulumi"]]);

/**
 * The inputs with the provider's defaults, as the bridge puts them in at Check: only properties of the resource itself, only
 * where nothing was given, where the property is not deprecated, and where neither it nor its default is excluded by another;
 * `false`, `0` and `""` are not put in. Nested defaults show in the outputs only.
 */
export function withDefaults(
  schema: ResourceSchema,
  inputs: Record<string, unknown>,
): Record<string, unknown> {
  const added: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(schema.defaults ?? {})) {
    const property = schema.properties[name];
    if (!property || property.deprecated || property.computed || !value || !isAbsent(inputs[name]))
      continue;
    const rivals = [...(schema.conflictsWith ?? []), ...(schema.exactlyOneOf ?? [])].filter(
      (group) => group.includes(name),
    );
    const excluded = rivals.flat().some((rival) => {
      const top = rival.split(".")[0] ?? rival;
      return top !== name && (!isAbsent(inputs[top]) || schema.defaults?.[rival] !== undefined);
    });
    if (!excluded) added[name] = managedBy.get(value) ?? value;
  }
  return { ...inputs, ...added };
}
