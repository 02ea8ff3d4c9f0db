/** A cell on Kubernetes of one's own. */
import { OnpremCluster } from "../../components/cluster/onprem.ts";
import { OnpremAttachment } from "../../components/connectivity/onprem-attachment.ts";
import { OnpremNetwork } from "../../components/network/onprem.ts";
import { OnpremNodePools } from "../../components/node-pool/onprem.ts";
import { OnpremPrivateDns } from "../../components/private-dns/onprem.ts";
import { privateDnsSpec } from "../../components/private-dns/specs.ts";
import { dnsCell } from "../../footprint/across/names.ts";
import { stackSecret } from "../config.ts";
import { planOf, siteLinksOf } from "./hub.ts";
import type { Built, OnpremCellInputs } from "./inputs.ts";
import { onpremCopies } from "./onprem-copies.ts";
import { onpremServices } from "./onprem-services.ts";

export async function onpremCell(inputs: OnpremCellInputs): Promise<Built> {
  const { cell, specs, common } = inputs;
  new OnpremNetwork("network", { ...common, spec: specs.network });
  const plan = planOf(inputs);
  const links = siteLinksOf(inputs);
  const attachment =
    plan && new OnpremAttachment("connectivity", { ...common, plan, cell: cell.name, links });
  const kubeconfig = stackSecret(specs.cluster.kubeconfig.configKey);
  const cluster = new OnpremCluster("cluster", { ...common, spec: specs.cluster, kubeconfig });
  const nodePools = new OnpremNodePools(
    "node-pools",
    { ...common, spec: specs.nodePools, cluster },
    { providers: { kubernetes: cluster.provider } },
  );
  const { services, database } = await onpremServices(inputs, { cluster, nodePools });
  return {
    cluster,
    nodePools,
    services,
    connectivity: attachment && { rules: attachment.rules, links: attachment.links },
    dns: siteNames(inputs),
    copies: onpremCopies(inputs, { cluster, database }),
  };
}

/** What the site's resolvers have to be told. */
function siteNames({ cell, common, names }: OnpremCellInputs): Built["dns"] {
  const spec = names && privateDnsSpec(names.plan, dnsCell(cell), names.settings);
  if (spec?.cloud !== "onprem") return undefined;
  const { zone, directions } = new OnpremPrivateDns("dns", { ...common, spec });
  return { zone, directions };
}
