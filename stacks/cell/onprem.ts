/** A cell on an existing Kubernetes cluster on-premises. */
import { cluster as clusterSection } from "../../components/cluster/section.ts";
import { OnpremAttachment } from "../../components/connectivity/onprem-attachment.ts";
import { database as databaseSection } from "../../components/database/section.ts";
import { dnsCell } from "../../components/private-dns/cells.ts";
import { OnpremPrivateDns } from "../../components/private-dns/onprem.ts";
import { privateDnsSpec } from "../../components/private-dns/specs.ts";
import { planOf, siteLinksOf } from "./hub.ts";
import type { Built, OnpremCellInputs } from "./inputs.ts";
import { onpremCopies } from "./onprem-copies.ts";
import { buildSections } from "./sections.ts";

export async function onpremCell(inputs: OnpremCellInputs): Promise<Built> {
  const { cell, common } = inputs;
  const sections = await buildSections(inputs, {});
  const plan = planOf(inputs);
  const links = siteLinksOf(inputs);
  const attachment =
    plan && new OnpremAttachment("connectivity", { ...common, plan, cell: cell.name, links });
  return {
    sections,
    connectivity: attachment && { rules: attachment.rules, links: attachment.links },
    dns: siteNames(inputs),
    copies: onpremCopies(inputs, {
      cluster: sections.needed(clusterSection, "onprem"),
      database: sections.built(databaseSection, "onprem"),
    }),
  };
}

/** The configuration of the site's resolvers. */
function siteNames({ cell, common, names }: OnpremCellInputs): Built["dns"] {
  const spec = names && privateDnsSpec(names.plan, dnsCell(cell), names.settings);
  if (spec?.cloud !== "onprem") return undefined;
  const { zone, directions } = new OnpremPrivateDns("dns", { ...common, spec });
  return { zone, directions };
}
