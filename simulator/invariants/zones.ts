/**
 * Zones of AWS services, at creation and afterwards. Sources: Amazon EKS user guide, "View Amazon EKS networking requirements for VPC
 * and subnets"; Amazon RDS API reference, "ModifyDBSubnetGroup" and "CreateDBProxy"; Amazon ElastiCache API reference,
 * "ModifyCacheSubnetGroup"; Amazon MSK API reference, "BrokerNodeGroupInfo"; Amazon EC2 API reference, "ModifyVpcEndpoint",
 * "ModifyTransitGatewayVpcAttachment" and "CreateNatGateway".
 */
import { CloudError } from "../errors.ts";
import type { Resource, Store } from "../store.ts";
import type { Change, Invariant } from "./invariant.ts";

const subnetType = "aws:ec2/subnet:Subnet";

/** The subnets that a change refers to. */
function subnetsOf({ references }: Change): Resource[] {
  return references.map(({ target }) => target).filter(({ type }) => type === subnetType);
}

/** The subnets that the resource refers to before an update. */
function subnetsBefore({ store, previous }: Change): Resource[] {
  const targets = previous === undefined ? [] : store.targets(previous.key);
  return targets.filter(({ type }) => type === subnetType);
}

function zonesOf(subnets: readonly Resource[]): string[] {
  return [...new Set(subnets.map(({ state }) => String(state.availabilityZone)))].sort();
}

/** @throws CloudError when the subnets of a control plane are not in the zones of its creation. */
export const controlPlaneZones: Invariant = (change) => {
  if (change.previous === undefined) return;
  const [before, after] = [zonesOf(subnetsBefore(change)), zonesOf(subnetsOf(change))];
  // The zones of an existing cluster, which no stack of the rehearsal has created, are not recorded.
  if (before.length === 0 || before.join() === after.join()) return;
  throw new CloudError(
    "InvalidParameterException",
    `Provided subnets belong to the AZs '${after.join(",")}', but they should belong to the exact set of AZs '${before.join(",")}' in which subnets were provided during cluster creation`,
  );
};

/** @throws CloudError when a DB subnet group has one zone, or loses the zone of an instance. */
export const databaseSubnets: Invariant = (change) => {
  const zones = zonesOf(subnetsOf(change));
  if (zones.length < 2) {
    throw new CloudError(
      "DBSubnetGroupDoesNotCoverEnoughAZs",
      `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${zones.join(", ")}. Add subnets to cover at least 2 AZs`,
    );
  }
  const { store, previous } = change;
  if (previous === undefined) return;
  const used = instancesIn(previous, store).find(
    ({ state }) => !zones.includes(String(state.availabilityZone)),
  );
  if (used === undefined) return;
  throw new CloudError(
    "SubnetAlreadyInUse",
    `The subnet in ${String(used.state.availabilityZone)} cannot be removed: it is in use by DB instance ${used.id}`,
  );
};

function instancesIn(group: Resource, store: Store): Resource[] {
  return store
    .referrers(group.key, "aws:rds/cluster:Cluster")
    .flatMap(({ resource }) =>
      store.referrers(resource.key, "aws:rds/clusterInstance:ClusterInstance"),
    )
    .map(({ resource }) => resource);
}

/** @throws CloudError when an instance's zone has no subnet in the subnet group of its cluster. */
export const instanceZone: Invariant = ({ store, inputs, references }) => {
  const { availabilityZone: zone } = inputs;
  const cluster = references.find(({ property }) => property === "clusterIdentifier")?.target;
  const group =
    cluster &&
    store.targets(cluster.key).find(({ type }) => type === "aws:rds/subnetGroup:SubnetGroup");
  if (typeof zone !== "string" || group === undefined) return;
  const zones = zonesOf(store.targets(group.key).filter(({ type }) => type === subnetType));
  if (zones.length === 0 || zones.includes(zone)) return;
  throw new CloudError(
    "InvalidVPCNetworkStateFault",
    `DB subnet group ${group.id} has no subnet in ${zone}; it has subnets in ${zones.join(", ")}`,
  );
};

/** @throws CloudError when a cache subnet group loses a subnet while a cache uses the group. */
export const cacheSubnets: Invariant = (change) => {
  const { store, previous } = change;
  if (previous === undefined) return;
  const [cache] = store.referrers(
    previous.key,
    "aws:elasticache/replicationGroup:ReplicationGroup",
  );
  const after = subnetsOf(change).map(({ id }) => id);
  const lost = subnetsBefore(change).find(({ id }) => !after.includes(id));
  if (cache === undefined || lost === undefined) return;
  throw new CloudError("SubnetInUse", `The subnet ID ${lost.id} is in use by ${cache.resource.id}`);
};

/** @throws CloudError when brokers are not in two or three zones with one subnet each. */
export const brokerSubnets: Invariant = (change) => {
  const subnets = subnetsOf(change);
  const zones = zonesOf(subnets);
  if (subnets.length === 0 || (zones.length === subnets.length && [2, 3].includes(zones.length))) {
    return;
  }
  throw new CloudError(
    "BadRequestException",
    `The client subnets must be in two or three Availability Zones, one in each: ${subnets.length} are in ${zones.join(", ")}`,
  );
};

/** @throws CloudError when a proxy is in one zone. */
export const proxySubnets: Invariant = (change) => {
  const zones = zonesOf(subnetsOf(change));
  if (zones.length !== 1) return;
  throw new CloudError(
    "InvalidSubnet",
    `A DB proxy requires subnets in at least two Availability Zones, got ${zones.join(", ")}`,
  );
};

/** @throws CloudError when an interface endpoint or an attachment has two subnets in a zone. */
export const oneSubnetAZone: Invariant = (change) => {
  const subnets = subnetsOf(change);
  const zones = zonesOf(subnets);
  if (zones.length === subnets.length) return;
  throw new CloudError(
    "DuplicateSubnetsInSameZone",
    `Found another subnet in the same Availability Zone: ${subnets.map(({ id }) => id).join(", ")}`,
  );
};

/** @throws CloudError when another NAT gateway has the address. */
export const gatewayAddress: Invariant = ({ store, references, previous }) => {
  const address = references.find(({ property }) => property === "allocationId")?.target;
  if (address === undefined) return;
  const other = store
    .referrers(address.key, "aws:ec2/natGateway:NatGateway")
    .find(({ resource }) => resource.key !== previous?.key);
  if (other === undefined) return;
  throw new CloudError(
    "Resource.AlreadyAssociated",
    `Elastic IP address [${address.id}] is already associated with ${other.resource.id}`,
  );
};
