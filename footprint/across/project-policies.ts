/** Whether the members that cells and environments add to Google projects fit in their allow policies. Pure. */

import type { Problem } from "../../components/core/errors.ts";
import { countLimits } from "../../components/core/service-limits.ts";
import { isSupported, type Section } from "../../components/section/section.ts";
import type { Cell, EnvironmentManifest } from "../model.ts";
import { specInstances } from "../specs/instances.ts";

/** Members of a project that are not counted: Google's service agents, the cells' own, and those of others. */
const notCounted = 200;

/** Groups of others. */
const otherGroups = 10;

const membersAtMost = countLimits.membersPerAllowPolicy - notCounted;
const groupsAtMost = countLimits.groupsPerAllowPolicy - otherGroups;

type Environment = Pick<EnvironmentManifest, "people" | "deployers">;

/** At most one problem for the members of each project, and one for its groups. */
export function policyProblems(
  environment: Environment,
  cells: readonly Cell[],
  registry: readonly Section[],
  file: string,
): Problem[] {
  const projects = [
    ...new Set(cells.flatMap((cell) => (cell.cloud === "gcp" ? cell.project : []))),
  ];
  return projects.flatMap((project) => {
    const own = cells.filter((cell) => cell.cloud === "gcp" && cell.project === project);
    const groups = groupsIn(environment, own);
    const members = own.map((cell) => ({ cell, count: membersOf(cell, registry) }));
    const sum = members.reduce((total, { count }) => total + count, 0);
    const all = sum + groups + rolesOfDeployers(environment, project);
    const largest = members.reduce((a, b) => (b.count > a.count ? b : a));
    return [
      ...(groups <= groupsAtMost
        ? []
        : [
            {
              path: `${file}: people.groups`,
              message: `must have at most ${Math.floor(groupsAtMost / own.length)} groups that reach clusters in project ${project}: an allow policy has ${countLimits.groupsPerAllowPolicy} groups, one for each group and cell; put groups in one group`,
              got: groups,
            },
          ]),
      ...(all <= membersAtMost
        ? []
        : [
            {
              path: `Pulumi.${largest.cell.stack}.yaml: ${pathIn(largest.cell, registry)}`,
              message: `must add at most ${Math.max(0, largest.count - (all - membersAtMost))} members to the allow policy of project ${project}, which has ${countLimits.membersPerAllowPolicy} and keeps ${notCounted} for others: use fewer workloads with databases and caches, fewer clients, or another project`,
              got: largest.count,
            },
          ]),
    ];
  });
}

/** By section, with its path. */
function membersBySection(cell: Cell, registry: readonly Section[]) {
  return specInstances(cell, registry).map(({ section, path, spec }) => {
    const { gcp: on } = section.clouds;
    return { path, count: isSupported(on) ? (on.projectMembers?.(spec as never) ?? 0) : 0 };
  });
}

function membersOf(cell: Cell, registry: readonly Section[]): number {
  return membersBySection(cell, registry).reduce((sum, { count }) => sum + count, 0);
}

/** The section with the most members. */
function pathIn(cell: Cell, registry: readonly Section[]): string {
  return membersBySection(cell, registry).reduce((a, b) => (b.count > a.count ? b : a)).path;
}

/** A member for each group and cell whose cluster it reaches. */
function groupsIn({ people }: Environment, cells: readonly Cell[]): number {
  const groups = Object.values(people?.groups ?? {});
  return cells.reduce((sum, { name }) => {
    const reaching = groups.filter(
      ({ reaches, cells: meant }) =>
        reaches.includes("cluster-api") && (meant?.includes(name) ?? true),
    );
    return sum + reaching.length;
  }, 0);
}

function rolesOfDeployers({ deployers }: Environment, project: string): number {
  const all = Object.values(deployers?.projects[project]?.deployers ?? {});
  return all.reduce((sum, { roles }) => sum + roles.length, 0);
}
