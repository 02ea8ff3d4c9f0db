/** The resources that manifests refer to and Atoll does not create. A rehearsal adds them to the embedded cloud before it starts. */
import type { Cell, Footprint } from "../../../footprint/model.ts";
import type { ExistingResource } from "../../../simulator/existing.ts";
import { existingAwsNetwork, privateSubnetsOf } from "./aws-network.ts";
import { existingBoundaries } from "./boundaries.ts";
import { existingAwsBuckets, existingGcpBuckets } from "./buckets.ts";
import { existingAwsCluster, existingGcpCluster } from "./clusters.ts";
import { existingGcpNetwork } from "./gcp-network.ts";
import { existingHubs } from "./hubs.ts";
import { existingKeys } from "./keys.ts";
import { dashboardsOf, referredOnAws, referredOnGcp } from "./referred.ts";
import { existingZones } from "./zones.ts";

export function existingIn({
  environment,
  cells,
  plans: { connectivity, dns },
}: Pick<Footprint, "environment" | "cells" | "plans">): ExistingResource[] {
  return [
    ...existingKeys(environment.keys),
    ...existingBoundaries(environment.deployers),
    ...(connectivity ? existingHubs(connectivity) : []),
    ...(dns ? existingZones(dns, cells) : []),
    ...cells.flatMap(dashboardsOf),
    ...cells.flatMap(existingOf).map(asSecondBlock),
  ];
}

/** A VPC of several cells has the block of the first as its primary block, and those of the others as secondary blocks. */
function asSecondBlock(
  resource: ExistingResource,
  place: number,
  all: readonly ExistingResource[],
): ExistingResource {
  const { type, id, config, inputs } = resource;
  const first = all.findIndex((other) => other.type === type && other.id === id);
  if (type !== "aws:ec2/vpc:Vpc" || first === place) return resource;
  return {
    type: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
    id: `vpc-cidr-assoc-${id.slice("vpc-".length)}${place}`,
    config,
    inputs: { vpcId: id, cidrBlock: inputs.cidrBlock },
  };
}

function existingOf({ specs }: Cell): ExistingResource[] {
  switch (specs.cloud) {
    case "aws":
      return [
        ...(specs.network.existing ? existingAwsNetwork(specs.network) : []),
        ...(specs.cluster.existing && specs.network.existing
          ? existingAwsCluster(specs.cluster, privateSubnetsOf(specs.network))
          : []),
        ...(specs.objectStore ? existingAwsBuckets(specs.objectStore) : []),
        ...referredOnAws(specs),
      ];
    case "gcp":
      return [
        ...(specs.network.existing ? existingGcpNetwork(specs.network) : []),
        ...(specs.cluster.existing ? existingGcpCluster(specs.cluster) : []),
        ...(specs.objectStore ? existingGcpBuckets(specs.objectStore) : []),
        ...referredOnGcp(specs),
      ];
    case "onprem":
      return [];
  }
}
