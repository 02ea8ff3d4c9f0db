/**
 * Google's limits of an allow policy: members in all of its role bindings, groups among them, and conditions of one role and member.
 * They cannot be raised. Source: IAM, "Quotas and limits".
 */
import { countLimits } from "../../components/core/service-limits.ts";
import { CloudError } from "../errors.ts";
import { type Bag, isBag } from "../wire.ts";
import type { Change } from "./invariant.ts";

/** A role of one member, on a project or another resource. */
const memberType = /^gcp:.*:\w*I[Aa][Mm]Member$/;

/** @throws CloudError `badRequest` when the policy would have more than Google allows. */
export function allowPolicy({ store, type, place, inputs, previous }: Change): void {
  const { conditionsPerRoleAndMember, membersPerAllowPolicy, groupsPerAllowPolicy } = countLimits;
  if (previous !== undefined || !memberType.test(type)) return;
  // Counting is cheap, and nearly all policies are far from every limit.
  const least =
    inputs.condition !== undefined
      ? conditionsPerRoleAndMember
      : isGroup(inputs)
        ? groupsPerAllowPolicy
        : membersPerAllowPolicy;
  if (store.countOfType(type, place.key) < least) return;
  const policy = policyOf(inputs);
  const members = store
    .ofType(type, place.key)
    .map((resource) => resource.inputs)
    .filter((other) => policyOf(other) === policy);
  if (members.length >= membersPerAllowPolicy) {
    throw new CloudError(
      "badRequest",
      `The number of members in the policy (${members.length + 1}) is larger than the maximum allowed size ${membersPerAllowPolicy}`,
    );
  }
  if (isGroup(inputs) && members.filter(isGroup).length >= groupsPerAllowPolicy) {
    throw new CloudError(
      "badRequest",
      `The number of groups and domains in the policy is larger than the maximum allowed size ${groupsPerAllowPolicy}`,
    );
  }
  if (expressionsOf(members, inputs).size <= conditionsPerRoleAndMember) return;
  throw new CloudError(
    "badRequest",
    `The policy has more than ${conditionsPerRoleAndMember} bindings of ${String(inputs.role)} for ${String(inputs.member)} with different conditions`,
  );
}

/** The conditions of the role and member, with the new one: titles do not distinguish them. */
function expressionsOf(members: readonly Bag[], added: Bag): ReadonlySet<unknown> {
  const same = members.filter(({ role, member }) => role === added.role && member === added.member);
  const expressions = [...same, added].flatMap(({ condition }) =>
    isBag(condition) ? condition.expression : [],
  );
  return new Set(expressions);
}

function isGroup({ member }: Bag): boolean {
  return /^(group|domain):/.test(String(member));
}

/** Identifies the resource whose policy it is. */
function policyOf({ role, member, condition, ...resource }: Bag): string {
  return JSON.stringify(Object.entries(resource).sort(([a], [b]) => (a < b ? -1 : 1)));
}
