/** The resources of the running stack as they were last deployed. */
import * as pulumi from "@pulumi/pulumi";
import type { Deployed, DeployedResource } from "../../components/section/deployed.ts";

/** What decides which zones a cell can have, and how users of a cache are members; the state has everything else, secrets included. */
const kept: ReadonlySet<string> = new Set([
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/subnet:Subnet",
  "aws:elasticache/subnetGroup:SubnetGroup",
  "aws:elasticache/userGroup:UserGroup",
  "aws:elasticache/userGroupAssociation:UserGroupAssociation",
  "aws:msk/cluster:Cluster",
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:rds/subnetGroup:SubnetGroup",
]);

/**
 * A function of the engine, like the one behind `StackReference`. It reads the state, so it also knows what a failed update created, and
 * what an older release deployed.
 */
const token = "pulumi:pulumi:readStackResourceOutputs";

export async function deployedResources(): Promise<Deployed> {
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const answer = (await pulumi.runtime.invoke(token, { stackName })) as {
    readonly outputs?: Readonly<Record<string, Omit<DeployedResource, "name">>>;
  };
  return Object.entries(answer.outputs ?? {}).flatMap(([urn, { type, outputs }]) =>
    kept.has(type) ? [{ type, name: urn.split("::").at(-1) ?? "", outputs }] : [],
  );
}
