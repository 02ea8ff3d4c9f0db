import type { z } from "zod";
import { awsNodePoolsSettings } from "../node-pool/aws-schema.ts";
import type { SectionBuild } from "../section/build.ts";
import { AwsNetwork } from "./aws.ts";
import type { AwsNetworkOutputs } from "./contract.ts";
import { addressesOf } from "./data-demand.ts";
import { deployedNetwork } from "./deployed.ts";
import { awsDemand } from "./node-demand.ts";
import type { networkSection } from "./schema.ts";

export async function build(
  spec: z.output<(typeof networkSection)["aws"]>,
  cell: SectionBuild<"aws">,
): Promise<AwsNetworkOutputs> {
  const { name, common, traffic } = cell;
  if (spec.existing) {
    // Few cells refer to one: what looks it up is not loaded for the others.
    const [{ AwsExistingNetwork }, { lookUpAwsNetwork }] = await Promise.all([
      import("./aws-existing.ts"),
      import("./aws-existing-lookup.ts"),
    ]);
    const facts = await lookUpAwsNetwork(spec, cell.lookUp());
    const pools = awsNodePoolsSettings.parse(cell.cell.sections.nodePools);
    const demand = awsDemand(pools, spec.zones.length);
    const services = addressesOf(cell, "isolated", spec.zones.length);
    return new AwsExistingNetwork(name, { ...common, spec, facts, demand, services }, cell.opts());
  }
  return new AwsNetwork(
    name,
    {
      ...common,
      spec,
      logsKeyArn: cell.key("logs"),
      cells: traffic,
      deployed: deployedNetwork(cell.deployed, spec.cidr, name),
    },
    cell.opts(),
  );
}
