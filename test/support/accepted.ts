import { checkInputs, resourceSchema } from "../../simulator/schema/index.ts";
import type { Registered } from "./inventory.ts";

/** The problems that the schemas of the embedded cloud find in these resources, one line each. */
export function refusals(resources: readonly Registered[]): string[] {
  return resources
    .filter(({ custom }) => custom)
    .flatMap(({ type, name, inputs }) => {
      const schema = resourceSchema(type);
      if (schema === undefined) return [`${type} ${name}: not in the embedded cloud`];
      return checkInputs(schema, inputs).map(
        ({ property, reason }) => `${type} ${name}: ${property} ${reason}`,
      );
    });
}
