/** A cell on Google Cloud. */
import { GcpCluster } from "../../components/cluster/gcp.ts";
import { GoogleAttachment } from "../../components/connectivity/google-attachment.ts";
import { GcpNetwork } from "../../components/network/gcp.ts";
import { GcpNodePools } from "../../components/node-pool/gcp.ts";
import { gcpProvider } from "../../components/provider/gcp.ts";
import { gcpNames, gcpPeople } from "./gcp-access.ts";
import { gcpCopies } from "./gcp-copies.ts";
import { gcpServices } from "./gcp-services.ts";
import { googleHubOf, planOf } from "./hub.ts";
import type { Built, GcpCellInputs } from "./inputs.ts";

export async function gcpCell(inputs: GcpCellInputs): Promise<Built> {
  const { cell, specs, common, keys } = inputs;
  const gcp = gcpProvider(cell.name, specs.network);
  const opts = { providers: { gcp } };
  const network = new GcpNetwork("network", { ...common, spec: specs.network }, opts);
  const plan = planOf(inputs);
  const attachment =
    plan &&
    new GoogleAttachment(
      "connectivity",
      {
        ...common,
        plan,
        cell: cell.name,
        project: specs.network.project,
        hub: googleHubOf(inputs),
        network,
      },
      opts,
    );
  const cluster = new GcpCluster(
    "cluster",
    { ...common, spec: specs.cluster, network, keys },
    // Making a cluster makes nodes too, if only for minutes: see the node pools.
    { ...opts, dependsOn: network },
  );
  const nodePools = new GcpNodePools(
    "node-pools",
    { ...common, spec: specs.nodePools, cluster },
    // Not only the subnets: a node that cannot reach the registry yet never becomes ready.
    { providers: { gcp, kubernetes: cluster.provider }, dependsOn: network },
  );
  const { database, ...made } = gcpServices(inputs, { gcp, network, cluster, nodePools });
  const dns = gcpNames(inputs, { gcp, network });
  const people = gcpPeople(inputs, { gcp, cluster, database });
  return {
    cluster,
    nodePools,
    connectivity: attachment && {},
    ...made,
    dns: dns && { zone: dns.zone },
    people: people && {
      endpoints: people.databaseGroup ? { database: people.databaseGroup } : {},
    },
    ground: { networkId: network.networkId, subnetworkId: network.subnetworkId },
    copies: await gcpCopies(inputs, { gcp, database }),
  };
}
