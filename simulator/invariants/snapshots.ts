/** The final snapshot of a database, which a deletion creates unless it is skipped. */
import { CloudError } from "../errors.ts";
import { resourceSchema } from "../schema/index.ts";
import type { Resource, Store } from "../store.ts";
import { nounOf, packageOf, serviceOf } from "../urn.ts";

/** Properties of replicas, which have no final snapshot. */
const copies = ["replicateSourceDb", "replicationSourceIdentifier", "globalClusterIdentifier"];

/**
 * Creates the final snapshot of types that have these settings.
 *
 * @throws CloudError when it has no name, or the name of an existing snapshot.
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
      `Cannot create the snapshot because one with the identifier ${name} already exists: delete it or choose another name`,
    );
  }
  store.keepName(kept, `the final snapshot of ${urn}`);
}
