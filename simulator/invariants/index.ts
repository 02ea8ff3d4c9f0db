/** Rules of a cloud for a resource, by itself and together with other resources, by type. */
import { allowPolicy } from "./allow-policies.ts";
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
import { managedPassword } from "./global-databases.ts";
import type { Invariant } from "./invariant.ts";
import { complianceLock } from "./locks.ts";
import { bucketPrincipals, keyPrincipals, trustPrincipals } from "./principals.ts";
import { queueRedrive, redriveAllowPolicy, redrivePolicy, topicKey } from "./queues.ts";
import { quota } from "./quota.ts";
import { inlinePolicies } from "./role-policies.ts";
import { route } from "./routes.ts";
import { ownersOnly } from "./shared-gateways.ts";
import { dataApi } from "./sql-scripts.ts";
import { subnet, vpcRange } from "./subnets.ts";
import { fixedAsn } from "./transit-gateways.ts";
import {
  brokerSubnets,
  cacheSubnets,
  controlPlaneZones,
  databaseSubnets,
  gatewayAddress,
  instanceZone,
  oneSubnetAZone,
  proxySubnets,
} from "./zones.ts";

const byType: Readonly<Record<string, readonly Invariant[]>> = {
  "aws:cfg/deliveryChannel:DeliveryChannel": [deliveryChannel],
  "aws:cfg/recorderStatus:RecorderStatus": [recorderStatus],
  "aws:cloudtrail/trail:Trail": [trail],
  "aws:ec2/natGateway:NatGateway": [gatewayAddress],
  "aws:ec2/route:Route": [route],
  "aws:ec2/subnet:Subnet": [subnet],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [oneSubnetAZone],
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": [vpcRange],
  "aws:ec2/flowLog:FlowLog": [ownersOnly],
  "aws:ec2/vpnConnection:VpnConnection": [ownersOnly],
  "aws:ec2transitgateway/peeringAttachment:PeeringAttachment": [ownersOnly],
  "aws:ec2transitgateway/routeTable:RouteTable": [ownersOnly],
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": [oneSubnetAZone],
  "aws:eks/cluster:Cluster": [eksCluster, controlPlaneZones],
  "aws:eks/nodeGroup:NodeGroup": [nodeGroup],
  "aws:elasticache/replicationGroup:ReplicationGroup": [shards],
  "aws:elasticache/subnetGroup:SubnetGroup": [cacheSubnets],
  "aws:elasticache/userGroup:UserGroup": [userGroup],
  "aws:iam/role:Role": [trustPrincipals],
  "aws:kms/key:Key": [keyPrincipals],
  "aws:kms/keyPolicy:KeyPolicy": [keyPrincipals],
  "aws:msk/cluster:Cluster": [brokerSubnets],
  "aws:rds/clusterInstance:ClusterInstance": [instanceZone],
  "aws:rds/proxy:Proxy": [proxySubnets],
  "aws:rds/subnetGroup:SubnetGroup": [databaseSubnets],
  "aws:iam/rolePolicy:RolePolicy": [inlinePolicies],
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": [
    objectLock,
    complianceLock,
  ],
  "aws:s3/bucketPolicy:BucketPolicy": [bucketPrincipals],
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": [replicationConfig],
  "aws:sqs/queue:Queue": [queueRedrive],
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": [redriveAllowPolicy],
  "aws:sqs/redrivePolicy:RedrivePolicy": [redrivePolicy],
  "gcp:sql/provisionScript:ProvisionScript": [dataApi],
  "gcp:compute/subnetwork:Subnetwork": [gcpSubnetwork],
  "gcp:container/cluster:Cluster": [gkeCluster],
  "gcp:container/nodePool:NodePool": [nodePool],
  "gcp:pubsub/topic:Topic": [topicKey],
};

/** Rules that need no new reference, so that a preview of an update can apply them. */
const ofUpdates: Readonly<Record<string, readonly Invariant[]>> = {
  "aws:ec2transitgateway/transitGateway:TransitGateway": [fixedAsn],
  "aws:rds/cluster:Cluster": [managedPassword],
};

export function invariants(type: string): readonly Invariant[] {
  return [...(byType[type] ?? []), ...updateInvariants(type), allowPolicy, quota];
}

export function updateInvariants(type: string): readonly Invariant[] {
  return ofUpdates[type] ?? [];
}
