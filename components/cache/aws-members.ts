/** The members of the user group of a cache that tenants share. Pure. */
import { type Deployed, deployedOf, stringOf, stringsAt } from "../section/deployed.ts";

/** How the cell's own users become members of their group. */
export interface Members {
  /** Whether tenants add members: the group then ignores differences. */
  readonly shared: boolean;
  /** Keys of the users that are added by an association each. The group names the others. */
  readonly associated: readonly string[];
}

/**
 * A group that names its members would remove those that tenants' stacks have added. So the group of a cell with tenants ignores its
 * members once it exists, and further users of the cell are associated, as tenants' are. Users that are members already cannot be
 * associated again: ElastiCache refuses it.
 *
 * @param userIds the ids of the cell's own users by key
 * @param tenants whether the environment has tiers of tenants
 * @param deployed the resources of the component with the users as they were last deployed
 */
export function membersOf(
  userIds: Readonly<Record<string, string>>,
  tenants: boolean,
  deployed: Deployed,
  component: string,
): Members {
  const associations = deployedOf(deployed, associationType, component).map((each) =>
    stringOf(each, "userId"),
  );
  const shared = tenants || associations.length > 0;
  if (!shared) return { shared, associated: [] };
  const [group] = deployedOf(deployed, groupType, component);
  const named = group === undefined ? [] : stringsAt(group, "userIds");
  return {
    shared,
    associated: Object.entries(userIds)
      .filter(([, id]) => associations.includes(id) || !named.includes(id))
      .map(([key]) => key),
  };
}

const associationType = "aws:elasticache/userGroupAssociation:UserGroupAssociation";
const groupType = "aws:elasticache/userGroup:UserGroup";
