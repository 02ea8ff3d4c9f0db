import { type ResourceSchema, resourceSchema } from "../schema/index.ts";

/** The schema of a kind for comparing its inputs; a custom kind without one is compared as it is. */
export function objectSchema(type: string): ResourceSchema {
  return (
    resourceSchema(type) ?? {
      type,
      properties: {},
      types: {},
      strict: true,
      replaceOn: ["apiVersion", "kind", "metadata.name", "metadata.namespace"],
    }
  );
}
