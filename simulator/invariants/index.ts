/** What a cloud refuses about a resource in itself and beside its neighbours, by type. */
import type { AwsPlace, GcpPlace } from "../place.ts";
import type { Resolved } from "../references/index.ts";
import type { Resource, Store } from "../store.ts";
import type { Bag } from "../wire.ts";
import { shards, userGroup } from "./caches.ts";
import { eksCluster, gkeCluster, nodeGroup, nodePool } from "./clusters.ts";
import {
  deliveryChannel,
  objectLock,
  recorderStatus,
  replicationConfig,
  trail,
} from "./deliveries.ts";
import { gcpSubnetwork } from "./gcp-ranges.ts";
import { quota } from "./quota.ts";
import { route } from "./routes.ts";
import { subnet, vpcRange } from "./subnets.ts";

/** A resource that is made or changed. */
export interface Change {
  readonly store: Store;
  readonly type: string;
  readonly place: AwsPlace | GcpPlace;
  readonly inputs: Bag;
  readonly state: Bag;
  readonly references: readonly Resolved[];
  /** The resource as it stands, on an update. */
  readonly previous: Resource | undefined;
}

/** @throws CloudError when the cloud would refuse the change. */
export type Invariant = (change: Change) => void;

const byType: Readonly<Record<string, readonly Invariant[]>> = {
  "aws:cfg/deliveryChannel:DeliveryChannel": [deliveryChannel],
  "aws:cfg/recorderStatus:RecorderStatus": [recorderStatus],
  "aws:cloudtrail/trail:Trail": [trail],
  "aws:ec2/route:Route": [route],
  "aws:ec2/subnet:Subnet": [subnet],
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": [vpcRange],
  "aws:eks/cluster:Cluster": [eksCluster],
  "aws:eks/nodeGroup:NodeGroup": [nodeGroup],
  "aws:elasticache/replicationGroup:ReplicationGroup": [shards],
  "aws:elasticache/userGroup:UserGroup": [userGroup],
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": [objectLock],
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": [replicationConfig],
  "gcp:compute/subnetwork:Subnetwork": [gcpSubnetwork],
  "gcp:container/cluster:Cluster": [gkeCluster],
  "gcp:container/nodePool:NodePool": [nodePool],
};

export function invariants(type: string): readonly Invariant[] {
  return [...(byType[type] ?? []), quota];
}
