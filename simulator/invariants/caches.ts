/** Rules of ElastiCache for users, groups and parameters of a cache. */
import { CloudError } from "../errors.ts";
import { isBag } from "../wire.ts";
import type { Invariant } from "./invariant.ts";

const userType = "aws:elasticache/user:User";

/** @throws CloudError when the users do not fit the engine of their group. */
export const userGroup: Invariant = ({ inputs, references }) => {
  const users = references.map(({ target }) => target).filter(({ type }) => type === userType);
  const open = users.find(({ state }) => state.noPasswordRequired === true);
  if (inputs.engine === "valkey" && open !== undefined) {
    throw new CloudError(
      "InvalidParameterValue",
      `No password user ${open.id} cannot be added to user group with engine Valkey`,
    );
  }
  if (inputs.engine === "redis" && !users.some(({ state }) => state.userName === "default")) {
    throw new CloudError(
      "DefaultUserRequired",
      "Redis user group needs to contain a user with the user name default",
    );
  }
};

/** @throws CloudError when there are several shards, but cluster mode is disabled in the parameters. */
export const shards: Invariant = ({ inputs, references }) => {
  if (Number(inputs.numNodeGroups ?? 1) <= 1) return;
  const group = references.find(({ property }) => property === "parameterGroupName")?.target;
  if (group === undefined) return;
  const parameters = Array.isArray(group.state.parameters) ? group.state.parameters : [];
  const clustered = parameters.some(
    (parameter) =>
      isBag(parameter) && parameter.name === "cluster-enabled" && parameter.value === "yes",
  );
  if (clustered) return;
  throw new CloudError(
    "InvalidParameterCombination",
    "Use a parameter group with cluster-enabled parameter to create more than one node group",
  );
};
