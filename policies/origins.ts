/**
 * Values that are often unknown in a preview because they are computed from resources of the same run, such as the JSON of a policy
 * with their ARNs. The update judges them before creating their resource. An unknown value that does not come from a resource is
 * reported.
 */
import type { StackCheck } from "./control.ts";
import { isUnknown } from "./known-values.ts";
import type { ResourceType } from "./types.ts";

/** The properties, by type, that the update judges if they come from other resources. */
export type Waiting = { readonly [T in ResourceType]?: string };

/** Reports unknown values that do not come from a resource. */
export function unknownFromNowhere(waiting: Waiting): StackCheck {
  return (stack, on) => {
    for (const [type, property] of Object.entries(waiting)) {
      for (const resource of stack.all(type as ResourceType)) {
        // Reads the value to its last element.
        const read = () => JSON.stringify(resource.origin.props[property]);
        const origins = resource.origin.propertyDependencies[property] ?? [];
        if (origins.length === 0 && property in resource.origin.props && isUnknown(read)) {
          on(resource).part(read);
        }
      }
    }
  };
}
