import type { Place } from "./place.ts";

/**
 * A condition that is always met, for a grant that other stacks may also give to the same principal. Google identifies a grant by its
 * role, member and condition: without one of its own, the first stack that is destroyed takes the grant from the others.
 */
export function ownGrant(
  { environment, cell }: Place,
  key?: string,
): { title: string; expression: string } {
  const parts = [environment, cell, key].filter((part) => part !== undefined);
  return {
    title: `Of ${parts.join(" ")}`,
    // Every service supplies the time of a request.
    expression: 'request.time > timestamp("2020-01-01T00:00:00Z")',
  };
}
