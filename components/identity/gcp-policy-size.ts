/** Whether the grants of workloads fit in Google's allow policies. Pure. */
import { countLimits } from "../core/service-limits.ts";
import type { GcpRole } from "../section/grant.ts";
import type { GrantProblem } from "./grant-problems.ts";
import { type GcpGrant, type GrantableKind, grantables } from "./grant-schema.ts";

type Workloads = Readonly<Record<string, { readonly grants: readonly GcpGrant[] }>>;

/** Members of a resource's policy that are not workloads: service agents, and those that the owner adds. */
const notWorkloads = 50;

/** A role of a workload, with the policy that it becomes a part of. */
interface Planned {
  readonly workload: string;
  readonly index: number;
  readonly grant: GcpGrant;
  readonly policy: string;
  readonly role: string;
  readonly conditional: boolean;
}

const projectPolicy = JSON.stringify({ kind: "project" });

/** At most one problem for each workload and role, and one for each resource. */
export function policySizeProblems(
  workloads: Workloads,
  kinds: readonly GrantableKind[],
): GrantProblem[] {
  const planned = plannedRoles(workloads, kinds);
  const conditions = groups(
    planned.filter(({ conditional }) => conditional),
    ({ workload, policy, role }) => [workload, policy, role].join(" "),
  );
  const members = groups(
    planned.filter(({ policy }) => policy !== projectPolicy),
    ({ policy }) => policy,
  );
  return [
    ...conditions.flatMap((roles) => conditionProblem(roles)),
    ...members.flatMap((roles) => memberProblem(roles)),
  ];
}

/** The members that workloads add to the policy of their project. */
export function projectMembersOf(workloads: Workloads, kinds = grantables): number {
  return plannedRoles(workloads, kinds).filter(({ policy }) => policy === projectPolicy).length;
}

function conditionProblem(roles: readonly Planned[]): GrantProblem[] {
  const most = countLimits.conditionsPerRoleAndMember;
  const { [most]: first } = roles;
  if (first === undefined) return [];
  const { workload, index, role, grant } = first;
  return [
    {
      path: [workload, "grants", index],
      message: `must be a grant of a workload with another service account: a member can have ${role} with ${most} conditions, and ${most} grants before it have them`,
      got: grant.name,
    },
  ];
}

function memberProblem(roles: readonly Planned[]): GrantProblem[] {
  const most = countLimits.membersPerAllowPolicy - notWorkloads;
  const { [most]: first } = roles;
  if (first === undefined) return [];
  const { workload, index, grant } = first;
  return [
    {
      path: [workload, "grants", index],
      message: `must be omitted: the policy of the ${grant.kind} has room for ${most} grants of workloads, which are before it`,
      got: grant.name,
    },
  ];
}

/** Own kinds of a repository are not planned: their references are not known. */
function plannedRoles(workloads: Workloads, kinds: readonly GrantableKind[]): Planned[] {
  const known = kinds.filter((kind) => grantables.includes(kind));
  return Object.entries(workloads).flatMap(([workload, { grants }]) =>
    grants.flatMap((grant, index) => {
      const kind = known.find((each) => each.kind === grant.kind);
      if (kind === undefined) return [];
      return rolesOf(kind, grant).map(({ on, role, condition }) => ({
        workload,
        index,
        grant,
        policy: JSON.stringify(on),
        role,
        conditional: condition !== undefined,
      }));
    }),
  );
}

/** The roles of a grant whose resource is not known yet. */
function rolesOf({ gcp }: GrantableKind, grant: GcpGrant): GcpRole[] {
  const reference = new Proxy(
    {},
    { get: (_, field) => (typeof field === "string" ? `${grant.name}.${field}` : undefined) },
  );
  const roles = gcp.roles as (grant: GcpGrant, reference: unknown, at: object) => GcpRole[];
  return roles(grant, reference, { project: "project" });
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    found.set(key, [...(found.get(key) ?? []), item]);
  }
  return [...found.values()];
}
