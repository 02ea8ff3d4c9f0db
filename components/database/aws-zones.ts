/** The zones of Aurora instances. Pure. */
import { type Deployed, deployedOf, stringOf, stringsAt } from "../section/deployed.ts";
import { type Settled, type ZoneChange, zonesGone } from "../section/zone-change.ts";

const instanceType = "aws:rds/clusterInstance:ClusterInstance";

/** The zones of a component's deployed instances, by resource name. */
export function deployedInstances(
  deployed: Deployed,
  component: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    deployedOf(deployed, instanceType, component).flatMap((instance) => {
      const zone = stringOf(instance, "availabilityZone");
      return zone === undefined ? [] : [[instance.name, zone]];
    }),
  );
}

/**
 * The zone of each instance. A deployed instance stays in its zone: in another one it would be replaced. The others are in the zones
 * with the fewest instances, in the order of the zones.
 *
 * @param instances resource names
 * @param zones at least one
 */
export function instanceZones(
  instances: readonly string[],
  zones: readonly string[],
  deployed: Readonly<Record<string, string>> = {},
): string[] {
  const placed = new Map(
    instances.flatMap((name): [string, string][] => {
      const zone = deployed[name];
      return zone !== undefined && zones.includes(zone) ? [[name, zone]] : [];
    }),
  );
  const count = (zone: string) => [...placed.values()].filter((each) => each === zone).length;
  for (const name of instances) {
    if (placed.has(name)) continue;
    const [emptiest = ""] = [...zones].sort((a, b) => count(a) - count(b));
    placed.set(name, emptiest);
  }
  return instances.map((name) => placed.get(name) ?? "");
}

/**
 * Instances of zones that the manifest no longer names are replaced in other zones, if at least one instance stays and their subnets
 * stay in the subnet group. Source: Amazon RDS API reference, "ModifyDBSubnetGroup", error `SubnetAlreadyInUse`.
 */
export function inInstanceZones(spec: unknown, change: ZoneChange): Settled {
  const { component, deployed, zones } = change;
  const instances = Object.values(deployedInstances(deployed, `${component}-instances`));
  const occupied = [...new Set(instances)].sort();
  const gone = occupied.filter((zone) => !zones.includes(zone));
  const group = deployedOf(deployed, "aws:rds/subnetGroup:SubnetGroup", component).find(
    ({ name }) => name === `${component}-subnets`,
  );
  const subnets = group === undefined ? [] : stringsAt(group, "subnetIds");
  const lost = zonesGone(subnets, change).filter((place) => place.startsWith("subnet-"));
  if (gone.length > 0 && lost.length > 0) {
    const message = `must keep ${gone.join(", ")}: instances of the ${component} are there, and RDS does not take a subnet in use from a subnet group. Delete the instances there first, for example with fewer readReplicas`;
    return { spec, problems: [{ path: "zones", message, got: zones }] };
  }
  if (gone.length === 0 || gone.length < occupied.length) return { spec, problems: [] };
  const message = `must keep ${occupied.length > 1 ? "one of " : ""}${occupied.join(", ")}: all instances of the ${component} are there and would be replaced at the same time. Change the zones in two steps`;
  return { spec, problems: [{ path: "zones", message, got: zones }] };
}
