/** A cell on Google Cloud. */
import { cluster as clusterSection } from "../../components/cluster/section.ts";
import { GoogleAttachment } from "../../components/connectivity/google-attachment.ts";
import { database as databaseSection } from "../../components/database/section.ts";
import { network as networkSection } from "../../components/network/section.ts";
import { gcpProvider } from "../../components/provider/gcp.ts";
import { gcpNames, gcpPeople } from "./gcp-access.ts";
import { gcpCopies } from "./gcp-copies.ts";
import { googleHubOf, planOf } from "./hub.ts";
import type { Built, GcpCellInputs } from "./inputs.ts";
import { buildSections } from "./sections.ts";

export async function gcpCell(inputs: GcpCellInputs): Promise<Built> {
  const { cell, specs, common } = inputs;
  const gcp = gcpProvider(cell.name, specs.network, inputs.credentials);
  const sections = await buildSections(inputs, { gcp });
  const network = sections.needed(networkSection, "gcp");
  const cluster = sections.needed(clusterSection, "gcp");
  const database = sections.built(databaseSection, "gcp");
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
        ...(specs.network.existing && { within: cell.cidr }),
      },
      { providers: { gcp } },
    );
  const dns = await gcpNames(inputs, { gcp, network });
  const people = gcpPeople(inputs, { gcp, cluster, database });
  return {
    sections,
    connectivity: attachment && {},
    dns: dns && { zone: dns.zone },
    people: people && {
      endpoints: people.databaseGroup ? { database: people.databaseGroup } : {},
    },
    ground: { networkId: network.networkId, subnetworkId: network.subnetworkId },
    copies: await gcpCopies(inputs, { gcp, database }),
  };
}
