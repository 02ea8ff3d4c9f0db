import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { AwsCluster } from "./aws.ts";
import type { AwsClusterOutputs } from "./contract.ts";
import type { AnyAwsClusterSpec } from "./schema.ts";

export async function build(
  spec: AnyAwsClusterSpec,
  cell: SectionBuild<"aws">,
): Promise<AwsClusterOutputs> {
  const credentials = cell.credentials.accounts[spec.account];
  const common = { ...cell.common, network: cell.needed(network), ...credentials };
  const volumes = cell.key("volumes");
  if (spec.existing) {
    // Few cells refer to one: what looks it up is not loaded for the others.
    const [{ AwsExistingCluster }, { lookUpAwsCluster }] = await Promise.all([
      import("./aws-existing.ts"),
      import("./aws-existing-lookup.ts"),
    ]);
    const facts = await lookUpAwsCluster(spec, cell.lookUp());
    return new AwsExistingCluster(
      cell.name,
      { ...common, spec, facts, keys: { volumes } },
      cell.opts(),
    );
  }
  const keys = { clusterSecrets: cell.key("cluster-secrets"), logs: cell.key("logs"), volumes };
  return new AwsCluster(cell.name, { ...common, spec, keys }, cell.opts());
}
