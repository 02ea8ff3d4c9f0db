import { cluster } from "../cluster/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { AwsIdentity } from "./aws.ts";
import type { AwsIdentitySpec } from "./aws-schema.ts";
import type { AwsReferences } from "./aws-statements.ts";

export function build(spec: AwsIdentitySpec, cell: SectionBuild<"aws">): AwsIdentity {
  return new AwsIdentity(
    cell.name,
    {
      ...cell.common,
      spec,
      kinds: cell.ownGrants,
      cluster: cell.needed(cluster),
      references: cell.references as AwsReferences,
    },
    cell.opts(),
  );
}
