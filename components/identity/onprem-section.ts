import type { SectionBuild } from "../section/build.ts";
import type { AwsReferences } from "./aws-statements.ts";
import type { GcpReferences } from "./gcp-roles.ts";
import { OnpremIdentity } from "./onprem.ts";
import type { OnpremIdentitySpec } from "./onprem-schema.ts";

/** The cloud identities of an on-premises cluster's workloads. */
export async function build(
  spec: OnpremIdentitySpec,
  cell: SectionBuild<"onprem">,
): Promise<OnpremIdentity> {
  const { aws, gcp } = await cell.federated();
  return new OnpremIdentity(
    cell.name,
    {
      ...cell.common,
      spec,
      kinds: cell.ownGrants,
      references: {
        ...(aws && { aws: aws.references as AwsReferences }),
        ...(gcp && { gcp: gcp.references as GcpReferences }),
      },
    },
    {
      providers: {
        ...(aws && spec.aws && { aws: aws.provider }),
        ...(gcp && spec.gcp && { gcp: gcp.provider }),
      },
    },
  );
}
