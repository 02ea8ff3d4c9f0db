import type { z } from "zod";
import { planNodePools } from "../node-pool/gcp-plan.ts";
import { gcpNodePoolsSettings } from "../node-pool/gcp-schema.ts";
import type { SectionBuild } from "../section/build.ts";
import type { GcpNetworkOutputs } from "./contract.ts";
import { GcpNetwork } from "./gcp.ts";
import { gcpDemand } from "./node-demand.ts";
import type { networkSection } from "./schema.ts";

export async function build(
  spec: z.output<(typeof networkSection)["gcp"]>,
  cell: SectionBuild<"gcp">,
): Promise<GcpNetworkOutputs> {
  const { name, common } = cell;
  if (spec.existing) {
    // Few cells refer to one: what looks it up is not loaded for the others.
    const [{ GcpExistingNetwork }, { lookUpGcpNetwork }] = await Promise.all([
      import("./gcp-existing.ts"),
      import("./gcp-existing-lookup.ts"),
    ]);
    const facts = await lookUpGcpNetwork(spec, cell.lookUp());
    const pools = gcpNodePoolsSettings.parse(cell.cell.sections.nodePools);
    const demand = gcpDemand(planNodePools(pools, 1));
    return new GcpExistingNetwork(name, { ...common, spec, facts, demand }, cell.opts());
  }
  return new GcpNetwork(name, { ...common, spec }, cell.opts());
}
