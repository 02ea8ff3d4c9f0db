import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { AwsCluster } from "./aws.ts";
import type { AwsClusterSpec } from "./schema.ts";

export function build(spec: AwsClusterSpec, cell: SectionBuild<"aws">): AwsCluster {
  return new AwsCluster(
    cell.name,
    {
      ...cell.common,
      spec,
      network: cell.needed(network),
      keys: {
        clusterSecrets: cell.key("cluster-secrets"),
        logs: cell.key("logs"),
        volumes: cell.key("volumes"),
      },
      ...cell.credentials.accounts[spec.account],
    },
    cell.opts(),
  );
}
