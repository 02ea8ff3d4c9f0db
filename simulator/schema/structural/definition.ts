import type { Structural } from "./structural.ts";

const inEveryObject: readonly string[] = ["apiVersion", "kind", "metadata"];

/**
 * The schema of a definition for an object without the fields that every object has. The status is not checked: an API server takes it
 * only from controllers.
 */
export function definitionBody(schema: Structural): Structural {
  const { required, properties = {} } = schema;
  const own = Object.entries(properties).filter(([name]) => !inEveryObject.includes(name));
  const needed = required?.filter((name) => name !== "status" && !inEveryObject.includes(name));
  const status: Structural = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  return {
    ...schema,
    properties: { ...Object.fromEntries(own), ...(properties.status && { status }) },
    ...(needed && { required: needed }),
  };
}
