import { cluster } from "../cluster/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { GcpIdentity } from "./gcp.ts";
import type { GcpReferences } from "./gcp-roles.ts";
import type { GcpIdentitySpec } from "./gcp-schema.ts";

export function build(spec: GcpIdentitySpec, cell: SectionBuild<"gcp">): GcpIdentity {
  return new GcpIdentity(
    cell.name,
    { ...cell.common, spec, references: cell.references as GcpReferences, kinds: cell.ownGrants },
    // A project's workload identity pool is created with its first cluster.
    cell.opts({ dependsOn: cell.needed(cluster) }),
  );
}
