/** The last snapshot of a database, which a deletion takes unless it is told not to. */
import { CloudError } from "../errors.ts";
import { resourceSchema } from "../schema/index.ts";
import type { Resource, Store } from "../store.ts";
import { nounOf, packageOf, serviceOf } from "../urn.ts";

/** Copies of another database, which leave no snapshot behind. */
const copies = ["replicateSourceDb", "replicationSourceIdentifier", "globalClusterIdentifier"];

/**
 * Takes the last snapshot of what has the settings for it.
 *
 * @throws CloudError when it is wanted and has no name, or one that is taken by the snapshot of an earlier life.
 */
export function lastSnapshot({ type, place, state, urn }: Resource, store: Store): void {
  if (packageOf(type) !== "aws") return;
  const settings = resourceSchema(type)?.properties;
  if (!settings?.skipFinalSnapshot || !settings.finalSnapshotIdentifier) return;
  if (state.skipFinalSnapshot === true) return;
  if (copies.some((property) => typeof state[property] === "string" && state[property] !== ""))
    return;
  const name = state.finalSnapshotIdentifier;
  if (typeof name !== "string" || name === "") {
    throw new CloudError(
      "InvalidParameterCombination",
      `${nounOf(type)} finalSnapshotIdentifier is required when skipFinalSnapshot is false`,
    );
  }
  const kept = `${place}|${serviceOf(type)} snapshot|${name}`;
  if (store.keptName(kept) !== undefined) {
    throw new CloudError(
      "SnapshotAlreadyExists",
      `Cannot create the snapshot because one with the identifier ${name} already exists: delete it or name another`,
    );
  }
  store.keepName(kept, `the last snapshot of ${urn}`);
}
