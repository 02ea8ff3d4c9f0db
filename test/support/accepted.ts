import {
  checkInputs,
  checkKubernetes,
  gvkOf,
  resourceSchema,
} from "../../simulator/schema/index.ts";
import type { Registered } from "./inventory.ts";

/** The problems that the schemas of the embedded cloud find in these resources, one line each. */
export function refusals(resources: readonly Registered[]): string[] {
  return resources
    .filter(({ custom }) => custom)
    .flatMap(({ type, name, inputs }) => {
      const schema = resourceSchema(type);
      const object = gvkOf(type);
      if (schema === undefined && object === undefined)
        return [`${type} ${name}: not in the embedded cloud`];
      const failures = object ? checkKubernetes(inputs, object) : checkInputs(schema!, inputs);
      return failures.map(({ property, reason }) => `${type} ${name}: ${property} ${reason}`);
    });
}
