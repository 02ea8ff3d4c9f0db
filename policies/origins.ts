/**
 * Values that a preview seldom knows because they are made from resources of the same run, such as the JSON of a policy that
 * holds their ARNs. They are judged in the update, before their own resource is made. A value that comes from no resource has
 * no such excuse.
 */
import type { StackCheck } from "./control.ts";
import { isUnknown } from "./knowns.ts";
import type { ResourceType } from "./types.ts";

/** Which properties of which types wait for the update when they are made from other resources. */
export type Waiting = { readonly [T in ResourceType]?: string };

/** Reports those that are unknown and come from nowhere. */
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
