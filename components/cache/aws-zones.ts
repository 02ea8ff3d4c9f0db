/** A cache in the zones of its nodes. Pure. */
import { deployedOf, stringsAt } from "../section/deployed.ts";
import { type Settled, type ZoneChange, zonesGone } from "../section/zone-change.ts";

/**
 * A zone of the subnet group stays: ElastiCache chooses the zones of nodes among those of the group, and refuses to take a subnet in
 * use from it. Source: Amazon ElastiCache API reference, "ModifyCacheSubnetGroup".
 */
export function inNodeZones(spec: unknown, change: ZoneChange): Settled {
  const { component, deployed, zones } = change;
  const group = deployedOf(deployed, "aws:elasticache/subnetGroup:SubnetGroup", component).find(
    ({ name }) => name === `${component}-subnets`,
  );
  const gone = group === undefined ? [] : zonesGone(stringsAt(group, "subnetIds"), change);
  if (gone.length === 0) return { spec, problems: [] };
  const message = `must keep ${gone.join(", ")}: nodes of the ${component} can be there, and ElastiCache cannot move them. Keep the zone, or remove the cache first and create it again`;
  return { spec, problems: [{ path: "zones", message, got: zones }] };
}
