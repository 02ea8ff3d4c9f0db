/** What `destroy` leaves in the clouds, for the description before it asks. */
import { shortName } from "../engine/events.ts";
import { isKey, isNamedWhenReleased } from "../engine/released.ts";
import type { StateResource } from "../engine/state.ts";
import { wrapped } from "./wrap.ts";

/** The archives that stay, with their keys; none where nothing does. */
export function releasedText(
  resources: readonly StateResource[],
  released: ReadonlySet<string>,
): readonly string[] {
  const named = resources.filter(({ urn, type }) => released.has(urn) && isNamedWhenReleased(type));
  if (named.length === 0) return [];
  return [
    wrapped(
      "The following stays in the cloud, without a stack: its objects are locked, and the keys that they need are kept:",
    ),
    ...named.flatMap(({ urn, id }) => wrapped(`${shortName(urn)} (${id})`, 2)).sort(),
    // The states of later runs no longer say that an archive needs them.
    ...(!resources.some(({ urn, type }) => released.has(urn) && isKey(type))
      ? [
          wrapped(
            "Their keys belong to the environment: destroying it later deletes them. To keep them, destroy it as a whole.",
          ),
        ]
      : []),
  ];
}
