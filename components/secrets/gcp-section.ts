import { cluster } from "../cluster/section.ts";
import { nodePools } from "../node-pool/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { GcpSecrets } from "./gcp.ts";
import type { GcpSecretReference } from "./grant.ts";
import type { GcpSecretsSpec } from "./schema.ts";

export function build(spec: GcpSecretsSpec, cell: SectionBuild<"gcp">): GcpSecrets {
  return new GcpSecrets(
    cell.name,
    { ...cell.common, spec, keyName: cell.key("secrets"), cluster: cell.needed(cluster) },
    // External Secrets needs nodes to run on.
    cell.opts({ dependsOn: cell.needed(nodePools) }),
  );
}

export function references({ secretNames }: GcpSecrets): Record<string, GcpSecretReference> {
  return Object.fromEntries(
    Object.entries(secretNames).map(([key, secretId]) => [key, { secretId }]),
  );
}
