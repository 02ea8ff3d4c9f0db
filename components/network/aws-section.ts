import type { z } from "zod";
import type { SectionBuild } from "../section/build.ts";
import { AwsNetwork } from "./aws.ts";
import type { awsNetworkSchema } from "./schema.ts";

export function build(
  spec: z.output<typeof awsNetworkSchema>,
  cell: SectionBuild<"aws">,
): AwsNetwork {
  const { name, common, traffic } = cell;
  return new AwsNetwork(
    name,
    { ...common, spec, logsKeyArn: cell.key("logs"), cells: traffic },
    cell.opts(),
  );
}
