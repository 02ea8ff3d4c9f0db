/** A cell on AWS. */
import { cluster as clusterSection } from "../../components/cluster/section.ts";
import { AwsAttachment } from "../../components/connectivity/aws-attachment.ts";
import { database as databaseSection } from "../../components/database/section.ts";
import { network as networkSection } from "../../components/network/section.ts";
import { awsProvider } from "../../components/provider/aws.ts";
import { stream as streamSection } from "../../components/stream/section.ts";
import { copiesServices } from "../../footprint/across/replication.ts";
import { awsNames, awsPeople } from "./aws-access.ts";
import { awsHubOf, planOf } from "./hub.ts";
import type { AwsCellInputs, Built } from "./inputs.ts";
import { buildSections } from "./sections.ts";

export async function awsCell(inputs: AwsCellInputs): Promise<Built> {
  const { cell, specs, common } = inputs;
  const aws = awsProvider(cell.name, specs.network, inputs.credentials);
  const sections = await buildSections(inputs, { aws });
  const network = sections.needed(networkSection, "aws");
  const cluster = sections.needed(clusterSection, "aws");
  const database = sections.built(databaseSection, "aws");
  const stream = sections.built(streamSection, "aws");
  const plan = planOf(inputs);
  const attachment =
    plan &&
    new AwsAttachment(
      "connectivity",
      { ...common, plan, cell: cell.name, hub: awsHubOf(inputs, plan), network },
      { providers: { aws } },
    );
  const dns = await awsNames(inputs, { aws, network });
  const people = awsPeople(inputs, { aws, network, cluster, database });
  return {
    sections,
    connectivity: attachment && { securityGroupId: attachment.securityGroupId },
    dns: dns && { zone: dns.zone },
    people: people && { endpoints: people.endpoints },
    ground: {
      vpcId: network.vpcId,
      isolatedSubnetIds: network.deployedIsolatedSubnetIds,
      clusterSecurityGroupId: cluster.clusterSecurityGroupId,
      ...(stream && {
        streamArn: stream.clusterArn,
        streamSecurityGroupId: stream.securityGroupId,
      }),
    },
    // Loaded only for cells that copy services.
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
