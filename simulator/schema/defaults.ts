import type { ResourceSchema } from "./shape.ts";
import { isAbsent } from "./value.ts";

/** Default descriptions: the bridge replaces Terraform's name with its own. */
const managedBy = new Map<unknown, string>([["Managed by Terraform", "Managed by Pulumi"]]);

/**
 * The inputs with the provider's defaults, as the bridge adds them at Check: only top-level properties that are not set, not
 * deprecated, and not excluded by another property or default; `false`, `0` and `""` are not added. Nested defaults appear only in
 * the outputs.
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
