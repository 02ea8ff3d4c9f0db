/** A stream in the zones of its brokers. Pure. */
import { checkSpec } from "../core/spec.ts";
import { deployedOf, stringsAt } from "../section/deployed.ts";
import { type Settled, type ZoneChange, zonesGone } from "../section/zone-change.ts";
import { type AwsStreamSpec, awsStreamSpec } from "./aws-schema.ts";

/**
 * Brokers stay in the zones of their creation, whatever zones the cell has. Source: Amazon MSK API reference, "BrokerNodeGroupInfo":
 * no operation changes the client subnets of a cluster.
 */
export function inBrokerZones(spec: AwsStreamSpec, change: ZoneChange): Settled {
  const { component, deployed, zones, zoneOf } = change;
  const cluster = deployedOf(deployed, "aws:msk/cluster:Cluster", component).find(
    ({ name }) => name === component,
  );
  if (cluster === undefined) return { spec, problems: [] };
  const subnetIds = stringsAt(cluster, "brokerNodeGroupInfo", "clientSubnets");
  const gone = zonesGone(subnetIds, change);
  if (gone.length > 0 || subnetIds.length === 0) {
    const message = `must keep ${gone.join(", ")}: brokers of the ${component} are there, and MSK cannot move them. Keep the zone, or move all clients to a stream of another cell and remove this one first`;
    return { spec, problems: gone.length === 0 ? [] : [{ path: "zones", message, got: zones }] };
  }
  const settled = {
    ...spec,
    zones: [...new Set(subnetIds.flatMap((id) => zoneOf(id) ?? []))].sort(),
  };
  const { problems } = checkSpec(awsStreamSpec, settled, "");
  return {
    spec: settled,
    problems: problems.map(({ path, ...problem }) => ({
      ...problem,
      path: `${component.replace(/^streams-/, "streams.")}.${path.replace(/^: /, "")}`,
      message: `${problem.message} (its brokers stay in ${settled.zones.join(", ")})`,
    })),
  };
}
