/** Rules of Aurora global databases for their members. */
import { CloudError } from "../errors.ts";
import type { Invariant } from "./invariant.ts";

const globalCluster = "aws:rds/globalCluster:GlobalCluster";

/** @throws CloudError when RDS is asked to manage the password of a cluster that is in a global database. */
export const managedPassword: Invariant = ({ store, inputs, previous }) => {
  if (previous === undefined || inputs.manageMasterUserPassword !== true) return;
  if (previous.state.manageMasterUserPassword === true) return;
  const [member] = store.referrers(previous.key, globalCluster);
  if (member === undefined) return;
  throw new CloudError(
    "InvalidParameterCombination",
    `ManageMasterUserPassword is not supported for ${previous.id}, which is in the global database ${member.resource.id}`,
  );
};
