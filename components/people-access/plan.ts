/** Which groups reach what in which cell. Pure. */
import type { Cloud } from "../core/cloud.ts";
import { physicalName } from "../core/naming.ts";
import type { PeopleSettings, Target } from "./schema.ts";

/** The facts of a cell that the plan needs. */
export interface PeopleCell {
  readonly name: string;
  readonly cloud: Cloud;
  /** Whether it has a database. */
  readonly database: boolean;
  /** The names of its dashboards. */
  readonly dashboards: readonly string[];
}

export type Group = PeopleSettings["groups"][string];
type Groups = Readonly<Record<string, Group>>;

/** The groups that reach each target of a cell, by name in the manifest. */
export type Reached = Readonly<Record<Target, Groups>>;

/** Reached targets by cell. Cells without any are omitted. */
export function planPeople(
  { groups }: Pick<PeopleSettings, "groups">,
  cells: readonly PeopleCell[],
): Readonly<Record<string, Reached>> {
  return Object.fromEntries(
    cells.flatMap((cell) => {
      const reaching = (target: Target): Groups =>
        Object.fromEntries(
          Object.entries(groups).filter(
            ([, group]) =>
              group.reaches.includes(target) && isMeant(group, cell) && has(cell, target),
          ),
        );
      const reached: Reached = {
        "cluster-api": reaching("cluster-api"),
        database: reaching("database"),
        dashboards: reaching("dashboards"),
      };
      const nothing = Object.values(reached).every((some) => Object.keys(some).length === 0);
      return nothing ? [] : [[cell.name, reached]];
    }),
  );
}

/** On-premises cells have no access endpoint. */
function isMeant({ cells }: Group, { name, cloud }: PeopleCell): boolean {
  return cloud !== "onprem" && (cells?.includes(name) ?? true);
}

/** Whether a cell has the target. */
export function has(cell: PeopleCell, target: Target): boolean {
  switch (target) {
    case "cluster-api":
      return true;
    case "database":
      return cell.database;
    case "dashboards":
      return cell.dashboards.length > 0;
  }
}

/** The access level of a group in Google's access policy: `accessPolicies/<policy>/accessLevels/<environment>_<group>`. */
export function accessLevel(accessPolicy: string, environment: string, group: string): string {
  const name = underscored(physicalName("access-level", [environment, group]));
  return `accessPolicies/${accessPolicy}/accessLevels/${name}`;
}

/** The id of the custom role that allows connections to a GKE cluster. */
export function clusterRoleId(environment: string, cell: string): string {
  return underscored(physicalName("gcp-custom-role", [environment, cell, "reach-cluster"]));
}

/** These ids do not allow hyphens. */
function underscored(name: string): string {
  return name.replaceAll("-", "_");
}

/** Who reaches what in an environment that gives people access. */
export interface People {
  readonly settings: PeopleSettings;
  /** Cells to what people reach in them. */
  readonly reached: Readonly<Record<string, Reached>>;
}
