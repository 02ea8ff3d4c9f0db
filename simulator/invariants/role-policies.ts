/** All inline policies of a role together. Their own sizes are checked earlier, with the inputs. */
import { documentLimits, sizeOf } from "../../components/core/service-limits.ts";
import { CloudError } from "../errors.ts";
import type { Change } from "./invariant.ts";

const policyType = "aws:iam/rolePolicy:RolePolicy";

/** @throws CloudError when the policies of the role would have more characters than IAM allows. */
export function inlinePolicies({ store, inputs, references, previous }: Change): void {
  const role = references.find(({ property }) => property === "role")?.target;
  if (role === undefined) return;
  const others = store
    .referrers(role.key, policyType)
    .filter(({ resource, property }) => property === "role" && resource.key !== previous?.key)
    .map(({ resource }) => resource.inputs.policy);
  const size = [inputs.policy, ...others].reduce<number>(
    (sum, document) =>
      sum + (typeof document === "string" ? sizeOf(document, "inlinePolicies") : 0),
    0,
  );
  const { characters } = documentLimits.inlinePolicies;
  if (size <= characters) return;
  throw new CloudError(
    "LimitExceeded",
    `Maximum policy size of ${characters} bytes exceeded for role ${role.id}`,
  );
}
