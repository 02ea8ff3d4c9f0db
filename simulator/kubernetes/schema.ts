import { type ResourceSchema, resourceSchema } from "../schema/index.ts";

/** The schema of a kind for comparing its inputs; a custom kind without a schema is compared by value. */
export function objectSchema(type: string): ResourceSchema {
  return (
    resourceSchema(type) ?? {
      type,
      properties: {
        metadata: { type: { fields: { name: { type: "string" }, namespace: { type: "string" } } } },
      },
      types: {},
      strict: true,
      replaceOn: ["apiVersion", "kind", "metadata.name", "metadata.namespace"],
    }
  );
}
