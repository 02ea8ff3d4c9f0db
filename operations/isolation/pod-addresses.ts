/** The addresses of a cell's pods, from the networks that its stack registers. Pure. */
import type { IsolationResource } from "./model.ts";
import { list, record, text, texts } from "./plain.ts";

/**
 * Without a network of its own, the whole cell.
 *
 * On AWS pods have addresses of all subnets but those that only data services are in; on Google Cloud of the secondary ranges.
 */
export function podAddresses(cell: string, resources: readonly IsolationResource[]): string[] {
  const found = [...ofSubnets(resources), ...ofSubnetworks(resources)];
  return found.length === 0 ? [cell] : found;
}

/** The fields with subnets of data services, by type. */
const ofData: Readonly<Record<string, (inputs: IsolationResource["inputs"]) => unknown>> = {
  "aws:rds/subnetGroup:SubnetGroup": ({ subnetIds }) => subnetIds,
  "aws:elasticache/subnetGroup:SubnetGroup": ({ subnetIds }) => subnetIds,
  "aws:msk/cluster:Cluster": ({ brokerNodeGroupInfo }) => record(brokerNodeGroupInfo).clientSubnets,
};

/** Where the cluster and its nodes are. */
const ofPods: typeof ofData = {
  "aws:eks/cluster:Cluster": ({ vpcConfig }) => record(vpcConfig).subnetIds,
  "aws:eks/nodeGroup:NodeGroup": ({ subnetIds }) => subnetIds,
};

function ofSubnets(resources: readonly IsolationResource[]): string[] {
  const named = (fields: typeof ofData) =>
    new Set(resources.flatMap(({ type, inputs }) => texts(fields[type]?.(inputs))));
  const [data, pods] = [named(ofData), named(ofPods)];
  return resources
    .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
    .filter(({ outputs }) => {
      const id = text(outputs.id) ?? "";
      return pods.has(id) || !data.has(id);
    })
    .flatMap(({ inputs }) => text(inputs.cidrBlock) ?? []);
}

function ofSubnetworks(resources: readonly IsolationResource[]): string[] {
  return resources
    .filter(({ type }) => type === "gcp:compute/subnetwork:Subnetwork")
    .flatMap(({ inputs }) => list(inputs.secondaryIpRanges))
    .flatMap((range) => text(record(range).ipCidrRange) ?? []);
}
