/** Deletion protection of resources. */
import { CloudError } from "../errors.ts";
import { resourceSchema } from "../schema/index.ts";
import type { Resource } from "../store.ts";
import { nounOf, packageOf } from "../urn.ts";

/** Properties that block deletion while they are true. */
const flags = ["deletionProtection", "deletionProtectionEnabled", "enableDeletionProtection"];

/** @throws CloudError when a resource is protected from deletion. */
export function protection({ type, id, state }: Resource): void {
  const flag = flags.find(
    (name) => state[name] === true && resourceSchema(type)?.properties[name] !== undefined,
  );
  if (flag === undefined) return;
  if (packageOf(type) === "gcp") {
    throw new CloudError(
      "invalid",
      `cannot destroy ${nounOf(type)} ${id} without setting ${flag} to false and running an update first`,
    );
  }
  throw new CloudError(
    "InvalidRequestException",
    `The ${nounOf(type)} ${id} has ${flag} enabled: disable it and try again`,
  );
}
