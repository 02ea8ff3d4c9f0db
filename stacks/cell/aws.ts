/** A cell on AWS. */
import { AwsCluster } from "../../components/cluster/aws.ts";
import { AwsAttachment } from "../../components/connectivity/aws-attachment.ts";
import { AwsNetwork } from "../../components/network/aws.ts";
import { AwsNodePools } from "../../components/node-pool/aws.ts";
import { awsProvider } from "../../components/provider/aws.ts";
import { copiesServices } from "../../footprint/across/replication.ts";
import { awsNames, awsPeople } from "./aws-access.ts";
import { awsServices } from "./aws-services.ts";
import { awsHubOf, planOf, trafficOf } from "./hub.ts";
import type { AwsCellInputs, Built } from "./inputs.ts";

export async function awsCell(inputs: AwsCellInputs): Promise<Built> {
  const { cell, specs, common, keys } = inputs;
  const aws = awsProvider(cell.name, specs.network);
  const opts = { providers: { aws } };
  const network = new AwsNetwork(
    "network",
    { ...common, spec: specs.network, logsKeyArn: keys.logs, cells: trafficOf(inputs) },
    opts,
  );
  const plan = planOf(inputs);
  const attachment =
    plan &&
    new AwsAttachment(
      "connectivity",
      { ...common, plan, cell: cell.name, hub: awsHubOf(inputs, plan), network },
      opts,
    );
  const cluster = new AwsCluster(
    "cluster",
    { ...common, spec: specs.cluster, network, keys },
    opts,
  );
  const nodePools = new AwsNodePools(
    "node-pools",
    { ...common, spec: specs.nodePools, cluster },
    // Not only the subnets: a node that cannot reach the registry yet never becomes ready.
    { providers: { aws, kubernetes: cluster.provider }, dependsOn: network },
  );
  const { stream, database, ...made } = awsServices(inputs, { aws, network, cluster, nodePools });
  const dns = awsNames(inputs, { aws, network });
  const people = awsPeople(inputs, { aws, network, cluster, database });
  return {
    cluster,
    nodePools,
    connectivity: attachment && { securityGroupId: attachment.securityGroupId },
    ...made,
    dns: dns && { zone: dns.zone },
    people: people && { endpoints: people.endpoints },
    ground: {
      vpcId: network.vpcId,
      isolatedSubnetIds: network.isolatedSubnetIds,
      clusterSecurityGroupId: cluster.clusterSecurityGroupId,
      ...(stream && {
        streamArn: stream.clusterArn,
        streamSecurityGroupId: stream.securityGroupId,
      }),
    },
    // Few cells copy anything: what that takes is not loaded for the others.
    ...(copiesServices(cell, inputs.cells) && {
      copies: await (await import("./aws-copies.ts")).awsCopies(inputs, {
        aws,
        network,
        stream,
        database,
      }),
    }),
  };
}
